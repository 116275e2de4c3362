package io.ristflow.service.observe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.ristflow.service.runtime.Flows.Transport;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFlowsProfile.class)
class MetricsEndpointTest {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    @Inject
    FakeFlows flows;

    @Inject
    Sampler sampler;

    @BeforeEach
    void twoFlows() {
        flows.are(Snapshots.studio(0), Snapshots.contribution(1000), Snapshots.merged(0));
        flows.transport(new Transport(true, ""));
    }

    @AfterEach
    void none() {
        flows.are();
    }

    private static String scrape() {
        return given().accept("text/plain").get("/metrics").then().statusCode(200).extract().asString();
    }

    /** Public dashboards read these lines: here they are, byte for byte but for the labels that we add at the end. */
    @Test
    void libristsFlowMetricsAreThereByteForByte() {
        String at = "{flow_id=\"3000000002\",receiver_id=\"7\",flow=\"studio-a\",input=\"main\",} ";
        assertThat(scrape().lines())
                .contains(
                        "# HELP rist_client_flow_lost_packets_total Total number of lost packets",
                        "# TYPE rist_client_flow_lost_packets_total counter",
                        "rist_client_flow_peers" + at + "2.0",
                        "rist_client_flow_bandwidth_bps" + at + "8000000.0",
                        "rist_client_flow_retry_bandwidth_bps" + at + "400000.0",
                        "rist_client_flow_rejected_bandwidth_bps" + at + "20000.0",
                        "rist_client_flow_ts_nulls_bandwidth_bps" + at + "30000.0",
                        "rist_client_flow_payload_bandwidth_bps" + at + "7600000.0",
                        "rist_client_flow_sent_packets_total" + at + "1000.0",
                        "rist_client_flow_received_packets_total" + at + "1001.0",
                        "rist_client_flow_missing_packets_total" + at + "103.0",
                        "rist_client_flow_reordered_packets_total" + at + "104.0",
                        "rist_client_flow_recovered_packets_total" + at + "105.0",
                        "rist_client_flow_recovered_one_retry_packets_total" + at + "61.0",
                        "rist_client_flow_recovered_two_nacks_packets_total" + at + "62.0",
                        "rist_client_flow_recovered_three_nacks_packets_total" + at + "63.0",
                        "rist_client_flow_recovered_four_nacks_packets_total" + at + "64.0",
                        "rist_client_flow_recovered_more_nacks_packets_total" + at + "65.0",
                        "rist_client_flow_lost_packets_total" + at + "106.0",
                        "rist_client_flow_retries_packets_total" + at + "107.0",
                        "rist_client_flow_dropped_late_packets_total" + at + "108.0",
                        "rist_client_flow_dropped_full_packets_total" + at + "109.0",
                        "rist_client_flow_duplicate_packets_total" + at + "110.0",
                        "rist_client_flow_min_iat_seconds" + at + "1.0E-5",
                        "rist_client_flow_cur_iat_seconds" + at + "0.002602",
                        "rist_client_flow_max_iat_seconds" + at + "0.008974",
                        "rist_client_flow_avg_buffer_time_seconds" + at + "1.001",
                        "rist_client_flow_rtt_seconds" + at + "0.024",
                        "rist_client_flow_quality_ratio" + at + "0.995",
                        "rist_client_flow_info{flow_id=\"3000000002\",receiver_id=\"7\",profile=\"main\",seq_bits=\"16\",advanced_active=\"0\",flow=\"studio-a\",input=\"main\",} 1.0");
    }

    @Test
    void libristsPeerMetricsAreThereByteForByteAndPeerUrlHasItsPort() {
        String in = "{peer_id=\"0\",peer_url=\"rist://198.51.100.9:41210\",flow_id=\"3000000002\",receiver_id=\"7\",flow=\"studio-a\",input=\"main\",} ";
        String out = "{peer_id=\"2\",peer_url=\"rist://b.example:6000\",cname=\"gateway\",sender_id=\"7\",flow=\"studio-a\",output=\"affiliate\",} ";
        assertThat(scrape().lines())
                .contains(
                        "rist_receiver_peer_bandwidth_bps" + in + "8000000.0",
                        "rist_receiver_peer_avg_bandwidth_bps" + in + "7900000.0",
                        "rist_receiver_peer_received_data_packets_total" + in + "601.0",
                        "rist_receiver_peer_received_bytes_total" + in + "790001.0",
                        "rist_receiver_peer_received_rtcp_packets_total" + in + "41.0",
                        "rist_receiver_peer_sent_rtcp_packets_total" + in + "42.0",
                        "rist_receiver_peer_rtt_seconds" + in + "0.024",
                        "rist_receiver_peer_avg_rtt_seconds" + in + "0.0255",
                        "# TYPE rist_sender_peer_sent_packets gauge",
                        "rist_sender_peer_bandwidth_bps" + out + "8100000.0",
                        "rist_sender_peer_retry_bandwidth_bps" + out + "270000.0",
                        "rist_sender_peer_sent_packets" + out + "901.0",
                        "rist_sender_peer_ts_null_packets" + out + "6.0",
                        "rist_sender_peer_retransmitted_packets" + out + "31.0",
                        "rist_sender_peer_received_packets" + out + "51.0",
                        "rist_sender_peer_rtt_seconds" + out + "0.03025",
                        "rist_sender_peer_quality_ratio" + out + "0.965",
                        "rist_sender_peer_rtt_muted" + out + "0.0",
                        "rist_sender_peer_rtt_mute_events" + out + "0.0",
                        "rist_sender_peer_info{peer_id=\"2\",peer_url=\"rist://b.example:6000\",cname=\"gateway\",sender_id=\"7\",profile=\"simple\",advanced_active=\"0\",flow=\"studio-a\",output=\"affiliate\",} 1.0");
    }

    @Test
    void oursNameEveryPathByItsFullAddressAndCountersAreCounters() {
        String path = "{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",path=\"direct\",remote=\"b.example:6000\",";
        assertThat(scrape().lines())
                .contains(
                        "# TYPE ristflow_path_sent_packets_total counter",
                        "ristflow_path_sent_packets_total" + path + "} 901.0",
                        "ristflow_path_sent_bytes_total" + path + "} 1185716.0",
                        "ristflow_path_retransmitted_packets_total" + path + "} 31.0",
                        "ristflow_path_rtt_seconds" + path + "} 0.03025",
                        "ristflow_path_state" + path + "state=\"connected\",} 1.0",
                        "ristflow_path_state" + path + "state=\"silent\",} 0.0",
                        "ristflow_path_skipped_retransmissions_total" + path + "reason=\"exhausted\",} 23.0",
                        "ristflow_path_received_packets_total{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",path=\"lte\",remote=\"203.0.113.7:50001\",} 601.0",
                        "ristflow_fault_total{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",fault=\"AesSizeMismatch\",} 77.0",
                        "ristflow_fault_total{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",fault=\"NoSdes\",} 0.0",
                        "ristflow_fault_active{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",remote=\"192.0.2.44:6000\",fault=\"AesSizeMismatch\",} 1.0",
                        "ristflow_output_packets_total{flow=\"studio-a\",output=\"playout\",url=\"udp://239.1.1.1:5004\",} 4990.0",
                        "ristflow_output_dropped_packets_total{flow=\"studio-a\",output=\"playout\",url=\"udp://239.1.1.1:5004\",} 11.0",
                        "ristflow_output_queued_packets{flow=\"studio-a\",output=\"playout\",url=\"udp://239.1.1.1:5004\",} 12.0",
                        "ristflow_input_packets_total{flow=\"contribution\",input=\"camera\",url=\"udp://@:6001\",} 301.0",
                        "ristflow_input_invalid_packets_total{flow=\"contribution\",input=\"camera\",url=\"udp://@:6001\",} 302.0",
                        "ristflow_port_kernel_drops_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",local=\"10.0.0.5:40000\",socket=\"1\",} 2009.0",
                        "ristflow_port_receive_buffer_bytes{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",local=\"0.0.0.0:5000\",socket=\"0\",} 212992.0",
                        "ristflow_port_receive_buffer_wanted_bytes{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",local=\"0.0.0.0:5000\",socket=\"0\",} 8388608.0",
                        "ristflow_sender_target_bitrate_bps{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 4640000.0",
                        "ristflow_sender_webhook_posts_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 706.0",
                        "ristflow_sender_webhook_failures_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 707.0",
                        "ristflow_oob_received_datagrams_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 701.0",
                        "ristflow_oob_received_bytes_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 702.0",
                        "ristflow_oob_sent_datagrams_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 703.0",
                        "ristflow_oob_sent_bytes_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 704.0",
                        "ristflow_oob_dropped_datagrams_total{flow=\"studio-a\",direction=\"output\",endpoint=\"affiliate\",} 705.0",
                        "ristflow_flow_degraded{flow=\"studio-a\",reason=\"\",} 0.0",
                        "ristflow_flow_degraded{flow=\"contribution\",reason=\"output far: no peer yet\",} 1.0",
                        "ristflow_flow_state{flow=\"studio-a\",state=\"running\",} 1.0",
                        "ristflow_flow_state{flow=\"studio-a\",state=\"draining\",} 0.0",
                        "ristflow_native_transport 1.0");
        assertThat(scrape()).containsPattern("(?m)^ristflow_build_info\\{version=\"[^\"]+\",} 1.0$");
    }

    @Test
    void twoInputsAreCountedByWhatBecameOfTheirPackets() {
        assertThat(scrape().lines())
                .contains(
                        "ristflow_input_active{flow=\"merged\",input=\"fibre\",} 1.0",
                        "ristflow_input_active{flow=\"merged\",input=\"lte\",} 0.0",
                        "ristflow_input_active{flow=\"studio-a\",input=\"main\",} 1.0",
                        "ristflow_input_switches_total{flow=\"merged\",mode=\"merge\",} 3.0",
                        "ristflow_merge_aligned{flow=\"merged\",} 0.0",
                        "ristflow_merge_skew_seconds{flow=\"merged\",} -0.0125",
                        "ristflow_merge_hold_seconds{flow=\"merged\",} 0.0175",
                        "ristflow_merge_lost_packets_total{flow=\"merged\",} 501.0",
                        "ristflow_merge_packets_total{flow=\"merged\",input=\"fibre\",what=\"used\",} 511.0",
                        "ristflow_merge_packets_total{flow=\"merged\",input=\"lte\",what=\"duplicate\",} 522.0",
                        "ristflow_merge_packets_total{flow=\"merged\",input=\"lte\",what=\"late\",} 523.0",
                        "ristflow_merge_packets_total{flow=\"merged\",input=\"lte\",what=\"unused\",} 524.0",
                        "ristflow_merge_packets_total{flow=\"merged\",input=\"lte\",what=\"missing\",} 525.0")
                .noneMatch(line -> line.startsWith("ristflow_input_switches_total{flow=\"studio-a\""));
    }

    /** NOALBS issue 230: no bit rates of dead paths added up, no RTT of them averaged. */
    @Test
    void figuresOfTheWholeFlowLookAtLivePathsAlone() {
        sampler.sample(1_000_000_000L);
        flows.are(Snapshots.studio(0), Snapshots.contribution(251_000));
        sampler.sample(2_000_000_000L);
        assertThat(scrape().lines())
                .contains(
                        "ristflow_flow_live_paths{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",} 1.0",
                        "ristflow_flow_rtt_seconds{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",} 0.024",
                        "ristflow_flow_payload_bitrate_bps{flow=\"studio-a\",} 7600000.0",
                        "ristflow_key_passphrase_in_force{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",path=\"\",passphrase=\"odd\",} 1.0",
                        "ristflow_key_passphrase_in_force{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",path=\"\",passphrase=\"even\",} 0.0",
                        "ristflow_key_nonce_age_seconds{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",path=\"\",} 12.5",
                        "ristflow_flow_lost_packets_total{flow=\"studio-a\",direction=\"input\",endpoint=\"main\",flow_id=\"3000000002\",} 106.0")
                .noneMatch(line -> line.startsWith("ristflow_flow_rtt_seconds{flow=\"contribution\""));
    }

    @Test
    void bothFormatsParseAndTheAcceptHeaderChooses() {
        Response text = given().accept("text/plain").get("/metrics");
        Response open = given().accept(OPEN_METRICS).get("/metrics");
        assertThat(text.contentType()).startsWith("text/plain");
        assertThat(open.contentType()).startsWith("application/openmetrics-text");
        assertThat(open.asString()).endsWith("# EOF\n");
        ExpositionText parsedText = ExpositionText.parse(text.asString());
        ExpositionText parsedOpen = ExpositionText.parse(open.asString());
        assertThat(parsedText.families).containsKeys("jvm_memory_used_bytes", "rist_client_flow_info", "rist_client_flow_lost_packets_total");
        assertThat(parsedOpen.families).containsKeys("rist_client_flow_lost_packets");
        assertThat(parsedOpen.samples.keySet()).anyMatch(s -> s.startsWith("rist_client_flow_lost_packets_total{"));
        for (ExpositionText parsed : List.of(parsedText, parsedOpen)) {
            assertThat(parsed.families.values()).filteredOn(f -> f.name.startsWith("rist")).allSatisfy(f -> {
                assertThat(f.help).as(f.name).isNotBlank();
                assertThat(f.type).as(f.name).isIn("counter", "gauge");
            });
        }
        assertThat(parsedText.names("rist")).hasSameSizeAs(FlowCollector.all().toList());
    }

    @Test
    void anEndedFlowVanishes() {
        assertThat(scrape()).contains("studio-a");
        flows.are(Snapshots.contribution(1000));
        assertThat(scrape()).doesNotContain("studio-a").contains("contribution");
    }

    @Test
    void aScrapeNeverWaitsOnAnEventLoop() {
        scrape();
        assertThat(flows.askedOnEventLoop()).isFalse();
    }

    @Test
    void thePortablePathIsExported() {
        flows.transport(new Transport(false, "no epoll on this system"));
        assertThat(scrape().lines()).contains("ristflow_native_transport 0.0");
    }
}
