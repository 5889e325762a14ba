import Kit
import Store
import TandemTesting
import Web

@testable import Features

extension SceneObjects {
  /// A browser of Ben's that takes push messages, a calendar of his that is read, a window for learning, an invitation.
  mutating func addCalendars(_ scene: Scene) async throws {
    add("device", try await Self.device(scene, .ben), try await Self.device(scene, .olga), [.ben])
    add("feed", try await Self.feed(scene, .ben), try await Self.feed(scene, .olga), [.ben])
    add("window", try await Self.window(scene, .ben), try await Self.window(scene, .olga), [.ben])
    add("answer/token", try await Self.invitation(scene, .ben), try await Self.invitation(scene, .olga), [])
  }

  private static func feed(_ scene: Scene, _ role: Scene.Role) async throws -> String {
    let (viewer, site) = (try await scene.viewer(role), scene.site)
    return try await scene.store.write { tx in
      _ = try AddBusyFeed.add(tx, viewer, site, AddBusyFeed(url: "https://calendar.example/\(role).ics"))
      return try BusyFeed.of(viewer.person, org: viewer.org, tx).first?.id.description ?? ""
    }
  }

  private static func window(_ scene: Scene, _ role: Scene.Role) async throws -> String {
    let page = try await scene.do(role, KeepLearningTime(windows: ["monday 09:10"], minutes: 10))
    return page.windows.first?.id.description ?? ""
  }

  private static func invitation(_ scene: Scene, _ role: Scene.Role) async throws -> String {
    let (viewer, site) = (try await scene.viewer(role), scene.site)
    return try await scene.store.write { tx in
      let session: Session? = try tx.first(
        "SELECT \(Session.columns) FROM session WHERE org_id = \(viewer.org) AND mentee_id = \(viewer.person)")
      guard let session else { throw Problem.notFound }
      return try InvitationAnswer.token(session, viewer.person, tx, site.keys)
    }
  }

  private static func device(_ scene: Scene, _ role: Scene.Role) async throws -> String {
    let (viewer, world) = (try await scene.viewer(role), scene.world)
    let id: ID<PushDevice> = world.id()
    try await scene.store.write { tx in
      try tx.run(
        """
        INSERT INTO push_device (org_id, id, person_id, endpoint, endpoint_hash, public_key, secret, agent, created_at)
        VALUES (\(viewer.org), \(id), \(viewer.person), 'https://push.example/1', 'hash', 'key', 'secret', 'Firefox', \(world.now()))
        """)
    }
    return id.description
  }
}
