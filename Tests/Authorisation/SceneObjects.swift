import Features
import Kit
import Store
import TandemTesting
import Web

/// One object of each kind in both organisations, made by the same use cases as people make them. An address with `:ask` in it
/// is called with the ask of this scene; a new kind of address needs a line here.
struct SceneObjects: Sendable {
  enum Side: Sendable { case north, south }

  /// An object, and who of the cast it belongs to.
  struct Thing: Sendable {
    let id: String
    let parties: Set<Scene.Role>
  }

  private var things: [String: Thing] = [:]
  private var foreign: [String: String] = [:]

  let sample: Sample

  /// Names of parameters that no object was made for.
  func missing(_ endpoint: Endpoint) -> [String] { endpoint.parameters.filter { things[key($0, endpoint)] == nil } }

  func parties(_ endpoint: Endpoint) -> Set<Scene.Role> {
    endpoint.parameters.compactMap { things[key($0, endpoint)]?.parties }.reduce(nil) { known, next in
      known.map { $0.intersection(next) } ?? next
    } ?? []
  }

  func path(_ endpoint: Endpoint, of side: Side) -> String {
    path(endpoint) { name in side == .north ? things[key(name, endpoint)]?.id : foreign[key(name, endpoint)] }
  }

  /// The same address with an id that nothing has.
  func randomPath(_ endpoint: Endpoint) -> String { path(endpoint) { _ in "0zzzzzzzzzzz7" } }

  private func path(_ endpoint: Endpoint, _ value: (String) -> String?) -> String {
    "/"
      + endpoint.path.split(separator: "/").map { part in part.hasPrefix(":") ? value(String(part.dropFirst())) ?? "0" : String(part) }
      .joined(separator: "/")
  }

  /// Most parameters are named after their kind; a few mean something else under some address.
  private func key(_ name: String, _ endpoint: Endpoint) -> String {
    let first = endpoint.path.split(separator: "/").first.map(String.init) ?? ""
    return things["\(first)/\(name)"] == nil ? name : "\(first)/\(name)"
  }

  mutating func add(_ name: String, _ own: String, _ theirs: String, _ parties: Set<Scene.Role>) {
    things[name] = Thing(id: own, parties: parties)
    foreign[name] = theirs
  }

  init(_ scene: Scene) async throws {
    sample = Sample(named: ["mentor": try await SceneObjects.thirdMentor(scene).description, "start": "2026-12-01T09:00:00Z"])
    add("person", scene.id(.ben).description, scene.id(.olga).description, [.ben])
    // Whom everybody may block without an end to what the other routes are tried with.
    add("you/person", try await SceneObjects.bystander(scene).description, scene.id(.olga).description, [])
    try await addAccounts(scene)
    try await addLearning(scene)
    try await addMeetings(scene)
    try await addGrowth(scene)
    try await addAsking(scene)
    try await addCalendars(scene)
  }
}
