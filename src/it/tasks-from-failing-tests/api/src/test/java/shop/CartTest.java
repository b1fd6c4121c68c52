package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CartTest {

    @Test
    void totals() {
        assertEquals(12, new Cart().total(4, 3));
    }
}
