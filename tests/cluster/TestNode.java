import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of a test cluster, in a process of its own so that a test can kill it.
 *
 * Arguments: its folder, number, HTTP port, transport port, all transport ports (commas between), and a folder
 * for snapshots. It stops when its standard input ends, so that none outlives the process that started it.
 */
public final class TestNode {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String number = arguments[1];
        String[] transportPorts = arguments[4].split(",");
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(65535); // by default it looks no further than 9299
        runner.onBuild((index, settings) -> {
            settings.put("node.name", "node-" + number);
            settings.put("http.port", arguments[2]);
            settings.put("transport.port", arguments[3]);
            settings.put("network.host", "127.0.0.1");
            settings.put("path.repo", arguments[5]);
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("indices.query.bool.max_clause_count", 4096);
            settings.put("cluster.fault_detection.follower_check.interval", "500ms");
            settings.put("cluster.fault_detection.leader_check.interval", "500ms");
            // On a busy machine a request to copy a part from a node that has just come back can go unanswered, and by
            // default the cluster stays yellow for half an hour before it asks again.
            settings.put("indices.recovery.recovery_activity_timeout", "20s");
            settings.putList("discovery.seed_hosts", addresses(transportPorts));
            settings.putList("cluster.initial_cluster_manager_nodes", names(transportPorts.length));
        });
        runner.build(newConfigs()
                .clusterName("archive-test")
                .numOfNode(1)
                .basePath(folder.toString())
                .baseHttpPort(Integer.parseInt(arguments[2]) - 1)
                .disableESLogger()
                .build());
        System.out.println("started");
        while (System.in.read() >= 0) { }
        runner.close();
        System.exit(0);
    }

    private static String[] addresses(String[] ports) {
        String[] found = new String[ports.length];
        for (int n = 0; n < ports.length; n++) found[n] = "127.0.0.1:" + ports[n];
        return found;
    }

    private static String[] names(int count) {
        String[] found = new String[count];
        for (int n = 0; n < count; n++) found[n] = "node-" + n;
        return found;
    }
}
