package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.claudefleet.junit.Agent;
import io.github.claudefleet.junit.Fleet;
import io.github.claudefleet.junit.RunningAgent;
import org.junit.jupiter.api.Test;

/** Waits longer than anybody; verify.groovy kills its JVM. */
@Fleet(agents = @Agent(name = "idle"), customizer = ForShop.class)
class PatientTest {

    @Test
    void waits(RunningAgent idle) throws InterruptedException {
        assertEquals("open", idle.exec("printenv", "SHOP").output().strip());
        System.out.println("the shop is open");
        Thread.sleep(600_000);
    }
}
