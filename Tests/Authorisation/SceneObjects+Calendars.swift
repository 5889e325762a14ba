import Kit
import Store
import TandemTesting
import Web

@testable import Features

extension SceneObjects {
  /// A browser of Ben's that takes push messages.
  mutating func addCalendars(_ scene: Scene) async throws {
    add("device", try await Self.device(scene, .ben), try await Self.device(scene, .olga), [.ben])
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
