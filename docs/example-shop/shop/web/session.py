from shop.cart import Price, ShoppingCart


def build_shopping_cart(request):
    cart = ShoppingCart(request.user)
    for article, cents in request.articles:
        cart.add(article, Price(cents))
    return cart
