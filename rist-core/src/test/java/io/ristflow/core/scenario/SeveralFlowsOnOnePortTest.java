package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Node;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.Payloads;
import io.ristflow.core.sim.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeveralFlowsOnOnePortTest {
    private static final PathConditions PATH = PathConditions.delayMs(15).withLoss(0.03);

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void threeSendersToOneReceiverAreThreeFlowsEachWhole(Profile profile) {
        World world = new World(131);
        Pair settings = new Pair(131).profile(profile);
        Node receiver = world.receiver("receiver", settings.receiverConfig(), 0);
        receiver.start();
        List<Delivery> deliveries = streams(world, settings, receiver, 3);
        for (Delivery delivery : deliveries) delivery.assertCompleteBut(5, "three flows, " + profile);
        assertThat(receiver.receiver().stats(receiver.clockNs()).flows()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void flowBeyondTheLimitIsTurnedAwayAndTheOthersGoOn(Profile profile) {
        World world = new World(132);
        Pair settings = new Pair(132).profile(profile);
        ReceiverConfig two = new ReceiverConfig(settings.receiverConfig().session(), ReceiverConfig.NackType.RANGE, 2);
        Node receiver = world.receiver("receiver", two, 0);
        receiver.start();
        List<Delivery> deliveries = streams(world, settings, receiver, 3);
        assertThat(deliveries.stream().filter(d -> d.count() > 0).count()).isEqualTo(2);
        for (Delivery delivery : deliveries) if (delivery.count() > 0) delivery.assertCompleteBut(5, "two of three flows, " + profile);
        assertThat(receiver.faultToldNs(Fault.FLOW_LIMIT)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void portServesTwoHundredAndFiftySixFlowsAndTurnsAwayTheRest(Profile profile) {
        World world = new World(134);
        Pair settings = new Pair(134).profile(profile).bufferMs(200);
        Node receiver = world.receiver("receiver", settings.receiverConfig(), 0);
        receiver.start();
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 260; i++) {
            Node sender = world.sender("sender " + i, settings.senderConfig(), 0).calls(receiver);
            world.connect(sender, receiver, PathConditions.delayMs(15));
            world.connect(receiver, sender, PathConditions.delayMs(15));
            sender.start();
            world.runMs(5);
            deliveries.add(world.expect(world.stream(sender, Payloads.of(100), 20, 40), receiver));
        }
        world.runMs(2_300);
        for (Delivery delivery : deliveries) delivery.assertSound("260 flows, " + profile);
        assertThat(deliveries.stream().filter(d -> d.count() == 40).count()).isEqualTo(256);
        assertThat(deliveries.stream().filter(d -> d.count() == 0).count()).isEqualTo(4);
        assertThat(receiver.receiver().stats(receiver.clockNs()).faults().get(Fault.FLOW_LIMIT)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void threeReceiversThatCallOneSenderEachGetTheWholeStream(Profile profile) {
        World world = new World(133);
        Pair settings = new Pair(133).profile(profile).receiverCalls();
        Node sender = world.sender("sender", settings.senderConfig(), 0);
        sender.start();
        List<Node> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Node receiver = world.receiver("receiver " + i, settings.receiverConfig(), 0).calls(sender);
            world.connect(sender, receiver, PATH);
            world.connect(receiver, sender, PATH);
            receiver.start();
            receivers.add(receiver);
        }
        world.runMs(500);
        var stream = world.stream(sender, Payloads.of(700), 400, 1_000);
        List<Delivery> deliveries = new ArrayList<>();
        for (Node receiver : receivers) deliveries.add(world.expect(stream, receiver));
        world.runMs(3_500);
        for (Delivery delivery : deliveries) delivery.assertCompleteBut(5, "three receivers, " + profile);
    }

    private static List<Delivery> streams(World world, Pair settings, Node receiver, int count) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Node sender = world.sender("sender " + i, settings.senderConfig(), 0).calls(receiver);
            world.connect(sender, receiver, PATH);
            world.connect(receiver, sender, PATH);
            sender.start();
            world.runMs(300);
            deliveries.add(world.expect(world.stream(sender, Payloads.of(700), 300, 1_200), receiver));
        }
        world.runMs(4_700);
        return deliveries;
    }
}
