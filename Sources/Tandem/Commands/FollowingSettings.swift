import Features
import ServiceLifecycle
import Web

/// Takes over what an administrator sets on a page, also when another process of the same database served that page.
struct FollowingSettings: Service {
  let site: Site

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var last = try await site.followSettings()
      while true {
        try await Task.sleep(for: .seconds(20))
        if let now = try? await site.followSettings(since: last) { last = now }
      }
    }
    try? await gracefulShutdown()
  }
}
