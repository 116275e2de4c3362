package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibristStatsJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND = 1_000_000_000L;

    private static List<ObjectNode> documents() {
        return LibristStatsJson.documents(Snapshots.studio(0), Snapshots.studio(10), SECOND);
    }

    /** Worked out by hand from Snapshots: every count rose by 10 in the second, rates and queues are as they stand. */
    @Test
    void aReceiversSecond() {
        assertThat(documents().getFirst().toString())
                .isEqualTo(
                        """
                        {"schema_version":5,"receiver-stats":{"flowinstant":{"flow_id":3000000002,"dead":0,"profile":1,"profile_name":"main","seq_bits":16,"advanced_active":false,\
                        "stats":{"quality":99.5,"received":10,"received_bytes":10,"dropped_late":10,"dropped_full":10,"missing":10,"recovered_total":10,"reordered":10,"retries":10,\
                        "recovered_one_nack":10,"recovered_two_nacks":10,"recovered_three_nacks":10,"recovered_four_nacks":10,"recovered_more_nacks":10,"lost":10,"avg_buffer_time":1001,\
                        "duplicates":10,"missing_queue":9,"missing_queue_max":3571,"min_inter_packet_spacing":10,"cur_inter_packet_spacing":2602,"max_inter_packet_spacing":8974,\
                        "bitrate":8000000,"bitrate_retries":400000,"bitrate_rejected":20000,"bitrate_ts_nulls":30000,"bitrate_payload":7600000},\
                        "peers":[{"id":0,"dead":0,"url":"rist://198.51.100.9:41210","stats":{"received_data":10,"received_bytes":10,"ts_null":10,"received_rtcp":10,"sent_rtcp":10,"rtt":24,"avg_rtt":25.5,\
                        "bitrate":8000000,"avg_bitrate":7900000}},\
                        {"id":1,"dead":1,"url":"rist://203.0.113.7:50001","stats":{"received_data":10,"received_bytes":10,"ts_null":10,"received_rtcp":10,"sent_rtcp":10,"rtt":900,"avg_rtt":25.5,\
                        "bitrate":0,"avg_bitrate":7900000}}]}}}""");
    }

    @Test
    void cumulativeFiguresFollowAReceiversSecond() {
        assertThat(documents().get(1).toString()).isEqualTo("{\"flow_cumulative_stats\":{\"flow_id\":3000000002,\"received\":1011,\"recovered\":115,\"lost\":116}}");
    }

    @Test
    void aSendersSecond() {
        assertThat(documents().get(2).toString())
                .isEqualTo(
                        """
                        {"schema_version":5,"sender-stats":{"peers":[{"flow_id":3000000002,"id":2,"cname":"gateway","type":"data","profile":0,"profile_name":"simple","advanced_active":false,\
                        "stats":{"quality":96.5,"sent":10,"ts_null":10,"received":10,"retransmitted":10,"sent_bytes":10,"retransmitted_bytes":10,"bandwidth":8100000,"retry_bandwidth":270000,\
                        "ts_nulls_bandwidth":15040,"bandwidth_skipped":10,"bloat_skipped":10,"retransmit_skipped":20,"rtt":30.25,"avg_rtt":31,"retry_buffer_size":0,"cooldown_time":0,\
                        "rtt_muted":false,"rtt_mute_events":0}}],"incoming_queue":{"size":1001,"bytesize":1317316,"time_length":1100,"packets_per_second":790}}}""");
        assertThat(documents()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"receiver-stats, 0", "flow-cumulative-stats, 1", "sender-stats, 2"})
    void keysAreThoseOfLibristInItsOrder(String captured, int document) throws IOException {
        JsonNode theirs = JSON.readTree(LibristStatsJsonTest.class.getResourceAsStream("/librist-0.2.20/" + captured + ".json"));
        assertThat(keys("", documents().get(document))).isEqualTo(keys("", theirs)).isNotEmpty();
    }

    @Test
    void theFirstSecondCountsFromTheBeginning() {
        ObjectNode first = LibristStatsJson.documents(null, Snapshots.studio(0), 0).getFirst();
        assertThat(first.at("/receiver-stats/flowinstant/stats/received").asLong()).isEqualTo(1001);
        assertThat(first.at("/receiver-stats/flowinstant/peers/0/stats/received_data").asLong()).isEqualTo(601);
    }

    @Test
    void aCountThatBeganAnewIsNotNegative() {
        ObjectNode restarted = LibristStatsJson.documents(Snapshots.studio(5000), Snapshots.studio(0), SECOND).getFirst();
        assertThat(restarted.at("/receiver-stats/flowinstant/stats/lost").asLong()).isEqualTo(106);
    }

    @Test
    void aFlowWithoutRistOrPeersHasLittleToTell() {
        List<ObjectNode> documents = LibristStatsJson.documents(null, Snapshots.contribution(0), 0);
        assertThat(documents).hasSize(1);
        assertThat(documents.getFirst().at("/sender-stats/peers").isEmpty()).isTrue();
    }

    /** Paths of all keys, an array's by its first element. */
    private static List<String> keys(String at, JsonNode node) {
        List<String> keys = new ArrayList<>();
        if (node.isArray() && !node.isEmpty()) return keys(at + "[]", node.get(0));
        node.properties().forEach(e -> {
            keys.add(at + "/" + e.getKey());
            keys.addAll(keys(at + "/" + e.getKey(), e.getValue()));
        });
        return keys;
    }
}
