package io.customergraph.integration;

/** What a provider can do, and in which ways its customers pay. */
public enum Capability {
    MADA(true),
    KNET(true),
    BENEFIT(true),
    OMANNET(true),
    FAWRY(true),
    VALU(true),
    STC_PAY(true),
    APPLE_PAY(true),
    CARDS(true),
    WALLETS(true),
    KIOSK(true),
    VIRTUAL_ACCOUNTS(true),
    BNPL(true),
    INSTALMENTS(true),
    PAY_LATER(true),
    WHATSAPP(false),
    SMS(false),
    VOICE(false),
    RCS(false),
    VIBER(false),
    SHIPPING(false),
    TRACKING(false),
    CASH_ON_DELIVERY(false),
    ORDERS(false),
    CUSTOMERS(false),
    PRODUCTS(false),
    TICKETS(false),
    CONTACTS(false),
    DATA_RESIDENCY(false),
    OBJECT_STORAGE(false),
    REPOSITORIES(false),
    DATABASE(false);

    private final boolean isWayToPay;

    Capability(boolean isWayToPay) {
        this.isWayToPay = isWayToPay;
    }

    /** Whether it is a way to pay. */
    public boolean isWayToPay() {
        return isWayToPay;
    }
}
