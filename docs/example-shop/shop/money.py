class Price(int):
    def with_tax(self, rate):
        return Price(self * (100 + rate) // 100)
