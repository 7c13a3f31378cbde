package io.tidemark;

/** The event of the front door's tests: when, in which shop, how much. */
record Sale(long at, long shop, long amount) {

    static Sale at(long timestamp) {
        return new Sale(timestamp, 1, 1);
    }

    String shopName() {
        return "shop-" + shop;
    }
}
