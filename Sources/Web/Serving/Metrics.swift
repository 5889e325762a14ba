import Kit
import Synchronization

/// Counters and histograms in Prometheus' text format. Labels are route templates and states, never paths or people.
public final class Metrics: Sendable {
  private struct Series {
    var count: Int64 = 0
    var sum = 0.0
    var buckets = [Int64](repeating: 0, count: Metrics.bounds.count)
  }

  private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  private struct Request: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  private struct State {
    var requests: [Request: Int64] = [:]
    var seconds: [String: Series] = [:]
    var counters: [String: Int64] = [:]
  }

  private let state = Mutex(State())
  public let streams = Atomic<Int>(0)

  init() {}

  func request(_ method: String, _ route: String, status: Int, seconds: Double) {
    state.withLock { state in
      state.requests[Request(method: method, route: route, status: status), default: 0] += 1
      var series = state.seconds[route] ?? Series()
      series.count += 1
      series.sum += seconds
      for (place, bound) in Metrics.bounds.enumerated() where seconds <= bound { series.buckets[place] += 1 }
      state.seconds[route] = series
    }
  }

  /// Adds to a counter such as `tandem_mail_total{result="sent"}`.
  public func add(_ name: String, _ amount: Int64 = 1) { state.withLock { $0.counters[name, default: 0] += amount } }

  /// The whole text, with gauges read elsewhere at the end.
  func text(gauges: [(name: String, value: Double)]) -> String {
    var lines: [String] = []
    state.withLock { state in
      lines.append("# HELP tandem_http_requests_total Requests answered.")
      lines.append("# TYPE tandem_http_requests_total counter")
      for (request, count) in state.requests.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
        lines.append(
          "tandem_http_requests_total{method=\"\(request.method)\",route=\"\(request.route)\",status=\"\(request.status)\"} \(count)")
      }
      lines.append("# HELP tandem_http_request_seconds Time to answer.")
      lines.append("# TYPE tandem_http_request_seconds histogram")
      for (route, series) in state.seconds.sorted(by: { $0.key < $1.key }) {
        for (bound, count) in zip(Metrics.bounds, series.buckets) {
          lines.append("tandem_http_request_seconds_bucket{route=\"\(route)\",le=\"\(bound)\"} \(count)")
        }
        lines.append("tandem_http_request_seconds_bucket{route=\"\(route)\",le=\"+Inf\"} \(series.count)")
        lines.append("tandem_http_request_seconds_sum{route=\"\(route)\"} \(series.sum)")
        lines.append("tandem_http_request_seconds_count{route=\"\(route)\"} \(series.count)")
      }
      append(state.counters.map { ($0.key, Double($0.value)) }, type: "counter", to: &lines)
    }
    append(gauges.map { ($0.name, $0.value) }, type: "gauge", to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func append(_ values: [(String, Double)], type: String, to lines: inout [String]) {
    var family = ""
    for (name, value) in values.sorted(by: { $0.0 < $1.0 }) {
      let own = String(name.prefix { $0 != "{" })
      if own != family {
        lines.append("# HELP \(own) \(own.replacing("_", with: " ")).")
        lines.append("# TYPE \(own) \(type)")
        family = own
      }
      lines.append("\(name) \(JSONWriter.number(value))")
    }
  }
}
