package shop;

public class Shop {

    public int open() {
        return 1;
    }
}
