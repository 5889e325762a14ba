import Features
import ServiceLifecycle
import Web

/// Writes down each minute, and at the end, which sessions and tokens were used here. Only this program knows them, so it is no job.
struct StampingSeen: Service {
  let site: Site

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try await Task.sleep(for: .seconds(60))
        await stamp()
      }
    }
    // In a task of its own, as a cancelled one writes nothing.
    await Task { await stamp() }.value
  }

  private func stamp() async {
    do { try await site.stampSeen() } catch {
      site.logger.warning("The use of sessions was not written down.", metadata: ["error": "\(type(of: error))"])
    }
  }
}
