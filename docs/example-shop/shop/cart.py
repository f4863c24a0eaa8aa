from shop.money import Price


class ShoppingCart:
    def __init__(self, customer):
        self.customer = customer
        self.lines = []

    def add(self, article, price: Price):
        self.lines.append((article, price))

    def total(self):
        return sum((price for _, price in self.lines), Price(0))


def create_shopping_cart(customer):
    return ShoppingCart(customer)
