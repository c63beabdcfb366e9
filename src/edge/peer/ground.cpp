#include "edge/peer/ground.h"

#include <future>

#include "journal/history.h"

namespace anlan::edge::peer {
namespace {

// Positions: a place that is older than it could be costs a file that much.
constexpr journal::Position kWorthNoting = 256;

bool reached_and_wait(Ground& ground, journal::Position position) {
  std::promise<bool> promise;
  ground.when_reached(position, [&](bool reached) { promise.set_value(reached); });
  return promise.get_future().get();
}

bool seal(Ground& ground) {
  return perform_and_wait(ground, [&ground](command::Executor&, sql::Connection& sql) {
    sql.begin();
    journal::seal(sql, ground.self().node, ground.self().key);
    sql.commit();
    return command::Executor::Batch{};
  });
}

void refuse(Ground& ground, const std::string& neighbour, const std::string& bytes, const federation::Refused& refused,
            std::function<void(Arrived)> after) {
  const auto keep = [&ground, neighbour, bytes, refused](command::Executor&, sql::Connection& sql) {
    if (federation::keep_refused(sql, neighbour, refused, bytes, ground.clock().now()))
      ground.log("peer: " + neighbour + ": of " + refused.origin + ": " + refused.what);
    return command::Executor::Batch{};
  };
  ground.perform(keep, [refused, after = std::move(after)](bool done) {
    after({done, false, command::Receipt::kForbidden, {}, refused.what});
  });
}

// What was heard meanwhile is written after it, so that many who speak at once cost few commits.
void keep_heard(Ground& ground) {
  auto unkept = ground.watch().take_unkept(ground.clock().now());
  if (unkept.empty()) return;
  const auto keep = [unkept = std::move(unkept)](command::Executor&, sql::Connection& sql) {
    sql.begin();
    for (const auto& known : unkept) journal::keep_node_health(sql, known);
    sql.commit();
    return command::Executor::Batch{};
  };
  ground.perform(keep, [&ground](bool done) {
    ground.watch().kept();
    if (done) keep_heard(ground);
  });
}

}  // namespace

bool perform_and_wait(Ground& ground, Ground::Work work) {
  std::promise<bool> promise;
  ground.perform(std::move(work), [&](bool done) { promise.set_value(done); });
  return promise.get_future().get();
}

// The store may be ahead of the directory by what is just being published: to whom a fact goes is decided with a
// directory that knows all facts up to it.
federation::Piece piece_for(Ground& ground, const std::string& neighbour, journal::Place acknowledged,
                            journal::Place from, const federation::Listener& told) {
  for (;;) {
    const auto directory = ground.directory();
    auto piece = federation::next_piece(ground.reader(), *directory, ground.scope(), ground.self().node, neighbour,
                                        acknowledged, from, told);
    const auto looked_at = piece.ahead ? *piece.next.first : piece.upto.since;
    if (ground.position() < looked_at) {
      if (!reached_and_wait(ground, looked_at)) return {{}, 0, from, false, false};
      continue;
    }
    if (ground.directory() != directory) continue;
    if (!piece.unsealed) return piece;
    if (!seal(ground)) return {{}, 0, from, false, false};
  }
}

void take(Ground& ground, const std::string& neighbour, std::string bytes, std::function<void(Arrived)> after) {
  auto delivery = federation::opened(bytes, neighbour, [&](const std::string& node) { return ground.key_of(node); });
  if (!delivery.ok() && federation::is_of_later_form(bytes))
    return after({true, true, command::Receipt::kForbidden, {}, "a batch of a later form than this release reads"});
  if (!delivery.ok()) return refuse(ground, neighbour, bytes, delivery.error(), std::move(after));
  auto arrived = std::make_shared<Arrived>();
  const auto work = [&ground, neighbour, arrived, bytes = std::move(bytes), delivery = std::move(*delivery)](
                        command::Executor& executor, sql::Connection& sql) {
    const auto told = [&](const std::string& what) { ground.log("peer: " + neighbour + ": " + what); };
    auto taken = federation::take(executor, sql, delivery, bytes, ground.clock().now(), told);
    *arrived = {true, false, taken.receipt, taken.upto, taken.what};
    return std::move(taken.batch);
  };
  ground.perform(work, [arrived, after = std::move(after)](bool done) {
    arrived->done = done;
    after(*arrived);
  });
}

void heard(Ground& ground, const std::string& neighbour, const std::string& address,
           std::optional<journal::Place> read) {
  ground.watch().heard(neighbour, address, read, ground.clock().now());
  keep_heard(ground);
}

federation::Look look_around(Ground& ground, const std::shared_ptr<const state::Directory>& directory) {
  return {ground.reader(), *directory, &ground.scope(), ground.clock().now()};
}

bool told(Ground& ground, const std::string& neighbour, std::string_view text) {
  auto health = federation::health_in(text);
  if (!health) return false;
  const bool own = ground.watch().told(neighbour, std::move(*health), *ground.directory(), ground.clock().now());
  if (own) keep_heard(ground);
  return own;
}

void note_read(Ground& ground, const std::string& neighbour, journal::Place place) {
  const auto known = journal::read_by(ground.reader(), neighbour);
  if (place.since >= known.since && place.since < known.since + kWorthNoting) return;
  const auto note = [&ground, neighbour, place](command::Executor&, sql::Connection& sql) {
    sql.begin();
    journal::note_read_by(sql, neighbour, place, ground.clock().now());
    sql.commit();
    return command::Executor::Batch{};
  };
  ground.perform(note, [](bool) {});
}

bool note_seen(Ground& ground, const std::string& neighbour, journal::Place read_to,
               std::optional<std::string_view> text) {
  const auto witness = text ? federation::witness_in(*text) : std::nullopt;
  const auto key = ground.key_of(neighbour);
  if (text && (!witness || !key)) ground.log("peer: " + neighbour + " has countersigned nothing that can be read");
  const std::string& self = ground.self().node;
  const bool above = ground.directory()->nodes.stands_above(neighbour, self);
  bool more = false;
  perform_and_wait(ground, [&](command::Executor&, sql::Connection& sql) {
    bool stands = witness && key;
    if (stands)
      if (const auto wrong = federation::keep_witness(sql, *witness, self, neighbour, *key)) {
        ground.log("peer: " + *wrong);
        stands = false;
      }
    more = federation::knows_more(sql, self, read_to, stands ? witness : std::nullopt);
    if (more && above) {
      sql.begin();
      journal::note_ahead(sql, neighbour, ground.clock().now());
      sql.commit();
    }
    return command::Executor::Batch{};
  });
  if (more) ground.log("peer: " + neighbour + " says that it has seen more of this node than its store holds");
  return more;
}

bool keep_history(Ground& ground, const std::string& neighbour, std::string_view bytes) {
  std::vector<journal::Part> parts;
  if (!bytes.empty()) {
    const auto key = ground.key_of(ground.self().node);
    auto read = federation::history_in(bytes, neighbour, ground.self().node, key.value_or(""));
    if (!read.ok()) {
      ground.log("peer: " + neighbour + ": " + read.error().what);
      return false;
    }
    parts = std::move(*read);
  }
  return perform_and_wait(ground, [&](command::Executor&, sql::Connection& sql) {
    federation::keep_history(sql, neighbour, bytes, parts, ground.clock().now());
    return command::Executor::Batch{};
  });
}

}  // namespace anlan::edge::peer
