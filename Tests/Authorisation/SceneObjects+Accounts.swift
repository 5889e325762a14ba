import Kit
import Store
import TandemTesting
import Web

@testable import Features

extension SceneObjects {
  /// An open invitation, a session and a token of Ben's, a file of members, and a job that was given up.
  mutating func addAccounts(_ scene: Scene) async throws {
    let north = try await Access(scene, scene.org, admin: .omar, member: .ben)
    let south = try await Access(scene, scene.other, admin: .oskar, member: .olga)
    add("invite", north.invite, south.invite, [])
    add("join/token", north.joinToken, south.joinToken, [])
    add("you/session", north.session, south.session, [.ben])
    add("you/token", north.token, south.token, [.ben])
    add("members/file", north.file, south.file, [])
    add("admin/job", north.job, south.job, [])
  }

  private struct Access: Sendable {
    let invite: String
    let joinToken: String
    let session: String
    let token: String
    let file: String
    let job: String

    init(_ scene: Scene, _ org: ID<Organisation>, admin: Scene.Role, member: Scene.Role) async throws {
      let (world, person) = (scene.world, scene.id(member))
      let manager = try await scene.viewer(admin)
      let made = try await scene.store.write { tx in
        let invite = try MakeInvite(email: "new@\(org).example", roles: .member)(tx, manager, world)
        let link = try MakeInvite(roles: .member, mostUses: 9)(tx, manager, world)
        _ = try SignInSession.open(org: org, person: person, roles: .member, agent: "test", address: "127.0.0.1", tx, world)
        let session: ID<SignInSession>? = try tx.value(
          "SELECT max(id) FROM sign_in_session WHERE org_id = \(org) AND person_id = \(person)")
        _ = try ApiToken.create(person, org: org, name: "test", scopes: ["*"], days: 9, tx, world)
        let token: ID<ApiToken>? = try tx.value("SELECT max(id) FROM api_token WHERE org_id = \(org) AND person_id = \(person)")
        let file: ID<ReadMemberFile> = world.id()
        try tx.run(
          """
          INSERT INTO member_import (org_id, id, person_id, file_name, content, created_at)
          VALUES (\(org), \(file), \(manager.person), 'a.csv', \(Array("name,email\nNew,new2@north.example".utf8)), \(world.now()))
          """)
        let job: ID<Activity> = world.id()
        try tx.run(
          """
          INSERT INTO job (id, org_id, kind, key, run_at, attempts, state, payload, created_at, finished_at, failure)
          VALUES (\(job), \(org), 'test', \(job.description), \(world.now()), 12, 'dead', '{}', \(world.now()), \(world.now()), 'gave up')
          """)
        return [
          invite.id.description, link.token, session?.description ?? "", token?.description ?? "", file.description, job.description,
        ]
      }
      (invite, joinToken, session, token, file, job) = (made[0], made[1], made[2], made[3], made[4], made[5])
    }
  }
}
