import Kit
import Store

extension Endpoint {
  /// A page that one read transaction fills; the same value is the JSON answer.
  public static func page<U: UseCase>(
    _ path: String, _: U.Type, allow: Permission = .member, _ template: String, _ summary: String
  ) -> Endpoint {
    page(path, allow: allow, template, summary) { (tx, viewer, world, input: U) in try input(tx, viewer, world) }
  }

  public static func page<I: Input, O: Output>(
    _ path: String, allow: Permission = .member, _ template: String, _ summary: String,
    _ body: @escaping @Sendable (Transaction, Viewer, World, I) throws -> O
  ) -> Endpoint {
    var endpoint = Endpoint(
      .get, path, allow: allow, summary, input: .of(I.self, rules: I.rules), output: .of(O.self)
    ) { call in
      let input = call.reads(I.self)
      return try await call.reading { tx in
        let viewer = try call.admit(tx)
        let input = try input.get()
        return try call.page(template, try body(tx, viewer, call.site.world, input), viewer)
      }
    }
    endpoint.template = template
    return endpoint
  }

  /// A page for anybody; whoever is signed in is known to it.
  public static func openPage<I: Input, O: Output>(
    _ path: String, allow: Permission = .anyone, _ template: String, _ summary: String,
    _ body: @escaping @Sendable (Transaction, Visitor, World, I) throws -> O
  ) -> Endpoint {
    var endpoint = Endpoint(
      .get, path, allow: allow, summary, input: .of(I.self, rules: I.rules), output: .of(O.self)
    ) { call in
      let input = try call.input(I.self)
      return try await call.reading { tx in
        let visitor = try call.visitor(tx)
        return try call.page(template, try body(tx, visitor, call.site.world, input), visitor.viewer)
      }
    }
    endpoint.template = template
    return endpoint
  }

  /// An act in one write transaction. As a page it ends in a redirect, so that reloading repeats nothing; as JSON it answers the result.
  ///
  /// - Parameters:
  ///   - form: the path of the page that shows the form again, with its errors and the values typed.
  ///   - creates: whether JSON answers 201 with a `Location`.
  ///   - then: where a browser goes, and what it is told there.
  public static func act<U: UseCase>(
    _ method: Method = .post, _ path: String, _: U.Type, allow: Permission = .member, _ summary: String, form: String? = nil,
    creates: Bool = false, then: @escaping @Sendable (U.Result) -> Destination
  ) -> Endpoint {
    act(method, path, allow: allow, summary, form: form, creates: creates, then: then) { (tx, viewer, world, input: U) in
      try input(tx, viewer, world)
    }
  }

  public static func act<I: Input, O: Output>(
    _ method: Method = .post, _ path: String, allow: Permission = .member, _ summary: String, form: String? = nil, creates: Bool = false,
    then: @escaping @Sendable (O) -> Destination, _ body: @escaping @Sendable (Transaction, Viewer, World, I) throws -> O
  ) -> Endpoint {
    act(
      method, path, allow: allow, summary, form: form, creates: creates, then: then,
      onSite: { tx, viewer, site, input in try body(tx, viewer, site.world, input) })
  }

  /// An act that reads settings or limits of the installation.
  public static func act<I: Input, O: Output>(
    _ method: Method = .post, _ path: String, allow: Permission = .member, _ summary: String, form: String? = nil, creates: Bool = false,
    then: @escaping @Sendable (O) -> Destination, onSite body: @escaping @Sendable (Transaction, Viewer, Site, I) throws -> O
  ) -> Endpoint {
    Endpoint(method, path, allow: allow, summary, input: .of(I.self, rules: I.rules), output: .of(O.self)) { call in
      let input = call.reads(I.self)
      return try await call.writing { tx in
        // Who may is asked before what: whoever is not signed in hears that, and not which fields there are.
        let viewer = try call.admit(tx)
        let input = try input.get()
        if let replay = try Idempotency.replay(call, viewer, tx) { return replay }
        let output = try body(tx, viewer, call.site, input)
        let answer = Answer.acted(try ValueEncoder.encode(output), then(output), status: creates ? 201 : 200)
        try Idempotency.remember(answer, call, viewer, tx)
        return answer
      }
    }.with {
      $0.form = form
      $0.knowsRepetition = true
      if creates { $0.alsoAnswers.insert(201) }
    }
  }

  /// An act for anybody: signing in, joining, answering a mail.
  public static func openAct<I: Input, O: Output>(
    _ method: Method = .post, _ path: String, allow: Permission = .anyone, _ summary: String, form: String? = nil,
    then: @escaping @Sendable (O) -> Destination, _ body: @escaping @Sendable (Transaction, Visitor, World, I) throws -> O
  ) -> Endpoint {
    Endpoint(method, path, allow: allow, summary, input: .of(I.self, rules: I.rules), output: .of(O.self)) { call in
      let input = try call.input(I.self)
      return try await call.writing { tx in
        let visitor = try call.visitor(tx)
        let output = try body(tx, visitor, call.site.world, input)
        return .acted(try ValueEncoder.encode(output), then(output), status: 200)
      }
    }.with { $0.form = form }
  }

  /// Anything else: streams, files, work that must not happen inside a transaction. The body itself calls `call.admit`.
  public static func custom<I: Input>(
    _ method: Method, _ path: String, allow permission: Permission, _ summary: String, input: I.Type, output: Schema? = nil,
    _ body: @escaping @Sendable (Call, I) async throws -> Answer
  ) -> Endpoint {
    Endpoint(method, path, allow: permission, summary, input: .of(I.self, rules: I.rules), output: output) { call in
      // Who may is asked before what, as far as it can be told without the database.
      if permission.needsViewer, call.credential == nil { throw Problem.unauthenticated }
      return try await body(call, try call.input(I.self))
    }
  }
}

extension Call {
  /// A value as the page it fills, or as JSON.
  fileprivate func page(_ template: String, _ value: some Output, _ viewer: Viewer?) throws -> Answer {
    if wantsJSON { return .bytes(try JSONEncoding.bytes(value), "application/json") }
    return try .page(template, value, viewer: viewer)
  }
}
