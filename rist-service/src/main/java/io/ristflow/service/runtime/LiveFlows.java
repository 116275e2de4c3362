package io.ristflow.service.runtime;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.EndRef;
import io.ristflow.service.config.FlowDocument;
import io.ristflow.service.config.LiveStep;
import io.ristflow.service.net.PortException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Brings the flows of this process to their documents, step by step. One thread, none of a flow's loop. */
public final class LiveFlows {
    private static final Logger LOG = Logger.getLogger("ristflow.document");

    private final FlowRegistry flows;
    private final KeyWatch keys;

    public LiveFlows(FlowRegistry flows, KeyWatch keys) {
        this.flows = flows;
        this.keys = keys;
    }

    /** A step could not be done; its field, and why, in one line. */
    static final class StepException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StepException(LiveStep step, RuntimeException why) {
            super(step.field() + ": " + why.getMessage(), why);
        }
    }

    void start(FlowDocument wanted) {
        flows.start(wanted.flow());
        keys.begin(wanted.keys());
        LOG.infof("flow %s: started, as it is in the document now", wanted.name());
    }

    void stop(String flow) {
        keys.forget(id -> id.flow().equals(flow));
        flows.dismiss(flow);
        LOG.infof("flow %s: drained, as it is not in the document any more", flow);
    }

    /**
     * Outputs that come are begun before others go, as the flow needs one; an output that cannot be yet (its port is that of one that goes) takes the place of one that does.
     *
     * @param done told of each step
     * @throws StepException at the first step that could not be; those before it are done
     */
    void perform(FlowDocument wanted, List<LiveStep> steps, Consumer<LiveStep> done) {
        FlowEditor editor = flows.editor(wanted.name());
        boolean someGo = steps.stream().anyMatch(LiveStep.RemoveOutput.class::isInstance);
        List<LiveStep.AddOutput> waiting = new ArrayList<>();
        for (LiveStep step : steps) {
            try {
                if (step instanceof LiveStep.RemoveOutput gone && exchanged(editor, wanted, gone, waiting, done)) continue;
                perform(editor, wanted, step);
            } catch (RuntimeException e) {
                boolean mayCome = someGo && (e instanceof ConfigException || e instanceof PortException);
                if (!(step instanceof LiveStep.AddOutput add) || !mayCome) throw new StepException(step, e);
                waiting.add(add);
                continue;
            }
            done(wanted, step, done);
        }
        for (LiveStep step : waiting) {
            try {
                perform(editor, wanted, step);
            } catch (RuntimeException e) {
                throw new StepException(step, e);
            }
            done(wanted, step, done);
        }
    }

    private static void done(FlowDocument wanted, LiveStep step, Consumer<LiveStep> done) {
        LOG.infof("flow %s: %s: %s", wanted.name(), step.field(), words(step));
        done.accept(step);
    }

    private boolean exchanged(FlowEditor editor, FlowDocument wanted, LiveStep.RemoveOutput gone, List<LiveStep.AddOutput> waiting, Consumer<LiveStep> done) {
        for (LiveStep.AddOutput add : waiting) {
            try {
                editor.exchangeOutput(gone.output(), add.output());
            } catch (ConfigException | PortException e) {
                // It waits for another one to go
                continue;
            }
            forget(wanted, EndRef.output(gone.output()));
            keys.begin(wanted.keys(EndRef.output(add.output().name())));
            waiting.remove(add);
            done(wanted, gone, done);
            done(wanted, add, done);
            return true;
        }
        return false;
    }

    private void perform(FlowEditor editor, FlowDocument wanted, LiveStep step) {
        switch (step) {
            case LiveStep.AddOutput add -> {
                editor.addOutput(add.output());
                keys.begin(wanted.keys(EndRef.output(add.output().name())));
            }
            case LiveStep.RemoveOutput gone -> {
                editor.dropOutput(gone.output());
                forget(wanted, EndRef.output(gone.output()));
            }
            case LiveStep.ReplaceOutput replaced -> {
                EndRef end = EndRef.output(replaced.output().name());
                editor.exchangeOutput(end.name(), replaced.output());
                forget(wanted, end);
                keys.begin(wanted.keys(end));
            }
            case LiveStep.AddPath add -> {
                editor.addPath(add.end(), add.wiring(), add.config());
                beginPath(wanted, add.end(), add.wiring().name());
            }
            case LiveStep.ReplacePath replaced -> {
                editor.removePath(replaced.end(), replaced.wiring().name());
                forgetPath(wanted, replaced.end(), replaced.wiring().name());
                editor.addPath(replaced.end(), replaced.wiring(), replaced.config());
                beginPath(wanted, replaced.end(), replaced.wiring().name());
            }
            case LiveStep.RemovePath gone -> {
                editor.removePath(gone.end(), gone.path());
                forgetPath(wanted, gone.end(), gone.path());
            }
            case LiveStep.Weigh weigh -> editor.weigh(weigh.end(), weigh.path(), weigh.weight());
            case LiveStep.SetKeys set -> keys.update(set.keys());
            case LiveStep.UsePassphrase use -> editor.usePassphrase(use.end(), use.path(), use.parity());
            case LiveStep.RetireKey retire -> keys.retire(retire.key());
            case LiveStep.AllowSources allow -> editor.allowSources(allow.input(), allow.networks());
        }
    }

    private void forget(FlowDocument wanted, EndRef end) {
        keys.forget(id -> id.flow().equals(wanted.name()) && id.end().equals(end));
    }

    private void forgetPath(FlowDocument wanted, EndRef end, String path) {
        keys.forget(id -> id.flow().equals(wanted.name()) && id.end().equals(end) && id.path().equals(path));
    }

    private void beginPath(FlowDocument wanted, EndRef end, String path) {
        keys.begin(wanted.keys(end).stream().filter(key -> key.id().path().equals(path)).toList());
    }

    private static String words(LiveStep step) {
        return switch (step) {
            case LiveStep.AddOutput add -> "output " + add.output().name() + " added";
            case LiveStep.RemoveOutput gone -> "output " + gone.output() + " removed";
            case LiveStep.ReplaceOutput replaced -> "output " + replaced.output().name() + " replaced";
            case LiveStep.AddPath add -> add.end() + ": path " + add.wiring().name() + " added";
            case LiveStep.ReplacePath replaced -> replaced.end() + ": path " + replaced.wiring().name() + " replaced";
            case LiveStep.RemovePath gone -> gone.end() + ": path " + gone.path() + " removed";
            case LiveStep.Weigh weigh -> weigh.end() + ": path " + weigh.path() + " has weight " + weigh.weight();
            case LiveStep.SetKeys set -> set.end() + ": passphrases are as in the document";
            case LiveStep.UsePassphrase use -> use.end() + ": goes over to the " + use.parity().word() + " passphrase";
            case LiveStep.RetireKey retire -> retire.key().end() + ": has one passphrase";
            case LiveStep.AllowSources allow -> "input " + allow.input() + ": takes callers from " + (allow.networks().isEmpty() ? "everywhere" : String.join(", ", allow.networks()));
        };
    }
}
