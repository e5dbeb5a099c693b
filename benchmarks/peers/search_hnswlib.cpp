// Searches the vectors of `sundry bench retrieve --write DIR` with hnswlib (Debian: libhnswlib-dev), on one thread: exactly, and by a graph at the least
// beam that reaches the recall asked for. Prints one line of JSON. The graph, how long it took to build, and the exact answers are kept in DIR for the next round.
// The graph is over distances: one more column makes all vectors equally long, and then the greatest products are the least distances. A graph over products
// itself needs a beam several times as wide, or never gets there: many vectors are nobody's neighbour.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <atomic>
#include <unordered_set>
#include <vector>
#include <hnswlib/hnswlib.h>

using Clock = std::chrono::steady_clock;

static double seconds(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

static std::vector<float> read(const std::string& file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in) { std::fprintf(stderr, "%s cannot be read\n", file.c_str()); std::exit(2); }
    std::vector<float> values(static_cast<size_t>(in.tellg()) / sizeof(float));
    in.seekg(0);
    in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
    return values;
}

int main(int argc, char** argv) {
    if (argc != 8) { std::fprintf(stderr, "usage: search_hnswlib DIR WIDTH TOP RECALL M EF_CONSTRUCTION BUILD_THREADS\n"); return 2; }
    const std::string dir = argv[1];
    const size_t width = std::strtoul(argv[2], nullptr, 10), top = std::strtoul(argv[3], nullptr, 10);
    const double wanted = std::strtod(argv[4], nullptr);
    const size_t m = std::strtoul(argv[5], nullptr, 10), construction = std::strtoul(argv[6], nullptr, 10), threads = std::strtoul(argv[7], nullptr, 10);
    const auto items = read(dir + "/items.f32"), queries = read(dir + "/queries.f32");
    const size_t n = items.size() / width, q = queries.size() / width;
    hnswlib::InnerProductSpace products(width);
    hnswlib::L2Space distances(width + 1);

    // the exact answers
    std::vector<unsigned> truth(q * top);
    const std::string truth_file = dir + "/truth.u32", graph_file = dir + "/graph.bin", build_file = dir + "/build_seconds";
    if (std::ifstream in(truth_file, std::ios::binary); in) {
        in.read(reinterpret_cast<char*>(truth.data()), static_cast<std::streamsize>(truth.size() * sizeof(unsigned)));
    } else {
        std::vector<std::pair<float, unsigned>> all(n);
        for (size_t i = 0; i < q; i++) {
            for (size_t j = 0; j < n; j++) all[j] = {products.get_dist_func()(&queries[i * width], &items[j * width], products.get_dist_func_param()), static_cast<unsigned>(j)};
            std::nth_element(all.begin(), all.begin() + static_cast<long>(top), all.end());
            for (size_t k = 0; k < top; k++) truth[i * top + k] = all[k].second;
        }
        std::ofstream(truth_file, std::ios::binary).write(reinterpret_cast<const char*>(truth.data()), static_cast<std::streamsize>(truth.size() * sizeof(unsigned)));
    }

    std::vector<float> points(n * (width + 1)), probes(q * (width + 1));
    std::vector<double> squares(n);
    for (size_t i = 0; i < n * width; i++) squares[i / width] += static_cast<double>(items[i]) * items[i];
    const double longest = *std::max_element(squares.begin(), squares.end());
    for (size_t i = 0; i < n * width; i++) points[i / width * (width + 1) + i % width] = items[i];
    for (size_t i = 0; i < n; i++) points[i * (width + 1) + width] = static_cast<float>(std::sqrt(longest - squares[i]));
    for (size_t i = 0; i < q * width; i++) probes[i / width * (width + 1) + i % width] = queries[i];

    double build = 0;
    hnswlib::HierarchicalNSW<float>* graph;
    if (std::ifstream(graph_file)) {
        graph = new hnswlib::HierarchicalNSW<float>(&distances, graph_file);
        std::ifstream(build_file) >> build;
    } else {
        const auto start = Clock::now();
        graph = new hnswlib::HierarchicalNSW<float>(&distances, n, m, construction);
        graph->addPoint(&points[0], 0);
        std::atomic<size_t> next{1};
        std::vector<std::thread> builders;
        for (size_t t = 0; t < threads; t++) builders.emplace_back([&] { for (size_t i; (i = next++) < n;) graph->addPoint(&points[i * (width + 1)], i); });
        for (auto& builder : builders) builder.join();
        build = seconds(start);
        graph->saveIndex(graph_file);
        std::ofstream(build_file) << build;
    }

    double median = 0, p99 = 0, recall = 0;
    size_t beam = top;
    for (;; beam += beam / 8) {
        graph->setEf(beam);
        std::vector<double> ms(q);
        size_t hits = 0;
        for (size_t i = 0; i < q; i++) {
            const auto start = Clock::now();
            auto found = graph->searchKnn(&probes[i * (width + 1)], top);
            ms[i] = seconds(start) * 1e3;
            const std::unordered_set<unsigned> exact(truth.begin() + static_cast<long>(i * top), truth.begin() + static_cast<long>((i + 1) * top));
            for (; !found.empty(); found.pop()) hits += exact.count(static_cast<unsigned>(found.top().second));
        }
        std::sort(ms.begin(), ms.end());
        median = ms[q / 2], p99 = ms[static_cast<size_t>(0.99 * static_cast<double>(q))], recall = static_cast<double>(hits) / static_cast<double>(q * top);
        if (recall >= wanted || beam > 32 * top) break;
    }
    std::printf("{\"items\": %zu, \"beam\": %zu, \"median_ms\": %.3f, \"p99_ms\": %.3f, \"recall\": %.4f, \"build_seconds\": %.1f}\n", n, beam, median, p99, recall, build);
    delete graph;
}
