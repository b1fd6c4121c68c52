package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShopTest {

    @Test
    void opens() {
        assertEquals(1, new Shop().open());
    }
}
