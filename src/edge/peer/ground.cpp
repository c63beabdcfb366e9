#include "edge/peer/ground.h"

#include <future>

namespace anlan::edge::peer {
namespace {

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
  ground.log("peer: " + neighbour + ": of " + refused.origin + ": " + refused.what);
  const auto keep = [&ground, neighbour, bytes, refused](command::Executor&, sql::Connection& sql) {
    federation::keep_refused(sql, neighbour, refused, bytes, ground.clock().now());
    return command::Executor::Batch{};
  };
  ground.perform(keep, [refused, after = std::move(after)](bool done) {
    after({done, false, command::Receipt::kForbidden, {}, refused.what});
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
                            journal::Place from, std::int64_t form) {
  for (;;) {
    const auto directory = ground.directory();
    auto piece = federation::next_piece(ground.reader(), *directory, ground.scope(), ground.self().node, neighbour,
                                        acknowledged, from, form);
    if (ground.position() < piece.upto.since) {
      if (!reached_and_wait(ground, piece.upto.since)) return {{}, 0, from, false, false};
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
  const auto work = [&ground, arrived, bytes = std::move(bytes), delivery = std::move(*delivery)](
                        command::Executor& executor, sql::Connection& sql) {
    auto taken = federation::take(executor, sql, delivery, bytes, ground.clock().now());
    *arrived = {true, false, taken.receipt, taken.upto, taken.what};
    return std::move(taken.batch);
  };
  ground.perform(work, [&ground, neighbour, arrived, after = std::move(after)](bool done) {
    arrived->done = done;
    if (done && !arrived->what.empty()) ground.log("peer: " + neighbour + ": " + arrived->what);
    after(*arrived);
  });
}

void keep_witness(Ground& ground, const std::string& neighbour, std::string_view text) {
  const auto witness = federation::witness_in(text);
  const auto key = ground.key_of(neighbour);
  if (!witness || !key) return ground.log("peer: " + neighbour + " has countersigned nothing that can be read");
  const auto keep = [&ground, neighbour, witness, key](command::Executor&, sql::Connection& sql) {
    if (const auto wrong = federation::keep_witness(sql, *witness, ground.self().node, neighbour, *key))
      ground.log("peer: " + *wrong);
    return command::Executor::Batch{};
  };
  ground.perform(keep, [](bool) {});
}

}  // namespace anlan::edge::peer
