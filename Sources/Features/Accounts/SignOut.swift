import Kit
import Store
import Web

/// Ends this session, here and at the server.
enum SignOut {
  static let endpoint = Endpoint.custom(.post, "/sign-out", allow: .anyone, "Sign out", input: NoInput.self) { call, _ in
    if case .session(let hash)? = call.credential {
      try await call.writing { tx in
        guard let viewer = try? call.admit(tx) else { return }
        try tx.run("DELETE FROM sign_in_session WHERE token_hash = \(hash)")
        // Whoever signs out while looking around in a demo leaves for good.
        if let own = WayHome.read(call.cookies, call.site) {
          try tx.run("DELETE FROM sign_in_session WHERE token_hash = \(Token.hash(own))")
        }
        try tx.record(viewer, "sign_in.ended", viewer.person, [:], call.site.world)
      }
    }
    return try Answer.acted(Done(), Destination("/", say: "You are signed out."))
      .cookie(SignInSession.expiredCookie(call.site.settings))
      .cookie(SignedCookie.expired(WayHome.cookie, call.site))
  }.with { $0.surface = .page }
}
