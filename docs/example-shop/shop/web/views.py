from shop.cart import create_shopping_cart
from shop.legacy.cart import ShoppingCart
from shop.web.session import build_shopping_cart


def show(request):
    return build_shopping_cart(request).total()


def empty(request):
    return create_shopping_cart(request.user), ShoppingCart
