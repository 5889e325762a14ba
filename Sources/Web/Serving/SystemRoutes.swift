import Foundation
import Hummingbird
import Kit
import Store
import Synchronization

/// Addresses that belong to no feature: health, metrics, the description of the API, the event stream.
public enum SystemRoutes {
  public static let migrations = [Idempotency.migration, ActivityRow.migration, ActivityRow.keeping]

  public static func endpoints(describing features: [Endpoint]) -> [Endpoint] {
    let own = [healthz, readyz, metrics, LiveStream.endpoint]
    return own + [openAPI(features + own)]
  }

  public static func sweep(_ tx: Transaction, _ world: World) throws { try Idempotency.sweep(tx, before: world.now() - .hours(24)) }

  /// Alive as long as the event loop turns; it touches nothing else.
  private static let healthz = Endpoint.custom(.get, "/healthz", allow: .anyone, "Whether the process is alive", input: NoInput.self) {
    _, _ in
    .bytes(Array("ok\n".utf8), "text/plain; charset=utf-8")
  }.with {
    $0.surface = .page
    $0.contentType = "text/plain"
  }

  private static let readyz = Endpoint.custom(
    .get, "/readyz", allow: .anyone, "Whether requests can be served", input: NoInput.self
  ) { call, _ in
    do {
      try await call.site.store.probe()
      return .bytes(Array("{\"database\":\"ok\"}\n".utf8), "application/json")
    } catch {
      var answer = Answer.bytes(Array("{\"database\":\"away\"}\n".utf8), "application/json")
      answer.status = 503
      return answer
    }
  }.with {
    $0.surface = .page
    $0.contentType = "application/json"
  }

  private static let metrics = Endpoint.custom(
    .get, "/metrics", allow: .anyone, "Figures in Prometheus text, for this machine or an administrator's token", input: NoInput.self
  ) { call, _ in
    // What a proxy passes on is somebody else's, also where the proxy is not named as one.
    let isOwn = ["127.0.0.1", "local", Neighbourhood.ownMachine].contains(call.address) && call.headers.forwardedFor == nil
    if !isOwn {
      let viewer = try await call.reading { tx in try call.admit(tx) }
      guard viewer.has(.admin) else { throw Problem.forbidden("This is for administrators.") }
    }
    let jobs = try await call.reading { tx in
      try tx.rows("SELECT kind, state, count(*) AS n FROM job WHERE state <> \("done") GROUP BY kind, state").map { row in
        (
          name: "tandem_jobs{kind=\"\(try row("kind", as: String.self))\",state=\"\(try row("state", as: String.self))\"}",
          value: Double(try row("n", as: Int.self))
        )
      }
    }
    let text = call.site.metrics.text(
      gauges: jobs + ProcessFacts.gauges() + [
        (name: "tandem_live_streams", value: Double(call.site.metrics.streams.load(ordering: .relaxed))),
        (name: "tandem_build_info{version=\"\(call.site.settings.version)\"}", value: 1),
      ])
    return .bytes(Array(text.utf8), "text/plain; version=0.0.4; charset=utf-8")
  }.with {
    $0.surface = .page
    $0.takesTokens = true
    $0.contentType = "text/plain"
  }

  private static func openAPI(_ endpoints: [Endpoint]) -> Endpoint {
    let made = Mutex<(baseURL: String, bytes: [UInt8])?>(nil)
    return .custom(.get, "/openapi.json", allow: .anyone, "This description of the API", input: NoInput.self) { call, _ in
      let settings = call.site.settings
      // It takes as long as a hundred pages, and stays the same until the address of the installation changes.
      let bytes = made.withLock { made in
        if let made, made.baseURL == settings.baseURL { return made.bytes }
        let bytes = JSONWriter.bytes(OpenAPI.document(endpoints, version: settings.version, baseURL: settings.baseURL))
        made = (settings.baseURL, bytes)
        return bytes
      }
      return .bytes(bytes, "application/json")
    }.with {
      $0.surface = .api
      $0.contentType = "application/json"
    }
  }
}

/// Figures of the process from `/proc`, under Prometheus' standard names.
enum ProcessFacts {
  static func gauges() -> [(name: String, value: Double)] {
    guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8), let end = stat.lastIndex(of: ")") else { return [] }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]), let pages = Double(fields[21]) else {
      return []
    }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    return [
      (name: "process_cpu_seconds_total", value: (user + system) / 100), (name: "process_resident_memory_bytes", value: pages * 4096),
      (name: "process_open_fds", value: Double(files)),
    ]
  }
}
