import Foundation
import Kit
import Store
import Web

/// Fills an empty database with two organisations and their past, played through the use cases that pages and the API call.
public enum Demo {
  /// Who may sign in, with what.
  public struct SignIn: Sendable, Hashable {
    public let part: String
    public let name: String
    public let email: String
    public let password: String
  }

  public struct NotEmpty: Error, CustomStringConvertible, Sendable {
    public let description = "There are organisations in this database already. Give an empty folder with --data."
  }

  /// The same seed at the same time of the same day gives the same people, who do the same.
  ///
  /// - Parameters:
  ///   - world: whose clock says when the played time ends.
  ///   - members: of the larger organisation; the other has about a seventh.
  ///   - days: that are played.
  ///   - progress: is told what is being done.
  public static func play(
    store: Store, world: World, members: Int, days: Int, seed: UInt64, progress: @escaping @Sendable (String) -> Void
  ) async throws -> [SignIn] {
    guard try await store.read({ tx in try tx.count("SELECT count(*) FROM organisation") }) == 0 else { throw NotEmpty() }
    let content = try DemoPeople.read()
    let themes = try DemoTheme.read()
    let foundings = [
      Founding(
        name: "Northwind Industries", domain: "northwind.example", zone: "Europe/Berlin", members: members, content: content,
        themes: themes,
        leads: DemoCast.northwind),
      Founding(
        name: "Harbour Alumni", domain: "harbour.example", zone: "Europe/London", members: max(8, members * 15 / 100), content: content,
        themes: themes, leads: DemoCast.harbour),
    ]
    var signIns: [SignIn] = []
    for (number, founding) in foundings.enumerated() {
      progress("\(founding.name): making \(counted(founding.members, "member"))")
      let past = PlayedPast(founding: founding, days: days, seed: seed &+ UInt64(number), store: store, world: world)
      let played = try await past.play { day, _, _ in
        if day > 0, day % 20 == 0 { progress("\(founding.name): \(day) of \(days) days") }
      }
      if number == 0 { signIns = try await self.signIns(played, store: store) }
    }
    return signIns
  }

  private static func signIns(_ played: PlayedPast.Played, store: Store) async throws -> [SignIn] {
    let org = played.company.org
    var found: [SignIn] = []
    for key in ["mentee", "mentor", "manager", "admin"] {
      guard let person = played.leads[key] else { continue }
      try await Password.set(Secret(DemoCast.password), org: org, person: person, store: store, played.past)
      let addressee = try await store.read { tx in try Addressee.find(person, org: org, tx) }
      guard let addressee else { continue }
      found.append(SignIn(part: key, name: addressee.name, email: addressee.email, password: DemoCast.password))
    }
    return found
  }
}
