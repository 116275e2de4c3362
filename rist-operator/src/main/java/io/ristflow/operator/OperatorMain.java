package io.ristflow.operator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

/** The operator's door. Exit status: 0 after a signal, 2 for a setting that cannot be, named in one line. */
@QuarkusMain
public final class OperatorMain implements QuarkusApplication {
    private static final int BAD_SETTING = 2;

    @Inject
    Keeper keeper;

    public static void main(String... args) {
        if (Training.wanted()) Training.settings();
        Quarkus.run(OperatorMain.class, args);
    }

    @Override
    public int run(String... args) {
        try {
            keeper.start();
        } catch (IllegalArgumentException e) {
            System.err.println("ristflow-operator: " + e.getMessage());
            return BAD_SETTING;
        }
        if (Training.wanted()) Training.start();
        Quarkus.waitForExit();
        return 0;
    }
}
