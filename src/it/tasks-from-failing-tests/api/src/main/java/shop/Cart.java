package shop;

public class Cart {

    public int total(int price, int number) {
        return price + number;
    }
}
