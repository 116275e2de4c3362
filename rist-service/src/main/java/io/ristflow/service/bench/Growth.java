package io.ristflow.service.bench;

/**
 * What many flows of ours cost beside few.
 *
 * @param cpuRatio CPU per packet of many by that of few: 1 where cost grows linearly
 * @param mibPerFlow resident memory that a further flow with its stream takes, both ends together; {@code senderMibPerFlow} and {@code receiverMibPerFlow} of each
 * @param mibPerIdleFlow the same of a flow that is connected and never fed
 */
record Growth(int few, int many, double cpuRatio, double mibPerFlow, double senderMibPerFlow, double receiverMibPerFlow, double mibPerIdleFlow) {
    /** @param fewIdleKib resident memory of both ends with as many idle flows as {@code few} has */
    static Growth of(Figures few, Figures many, double fewIdleKib, double manyIdleKib) {
        double further = many.flows() - few.flows();
        return new Growth(few.flows(), many.flows(), Ratios.ratio(many.cpuUsPerPacket(), few.cpuUsPerPacket()), (many.rssMib() - few.rssMib()) / further, (many.sender().rssMib() - few.sender().rssMib()) / further,
                (many.receiver().rssMib() - few.receiver().rssMib()) / further, (manyIdleKib - fewIdleKib) / 1024 / further);
    }
}
