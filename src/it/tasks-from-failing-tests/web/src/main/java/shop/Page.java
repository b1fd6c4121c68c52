package shop;

public class Page {

    public String title() {
        return "Shpo";
    }
}
