#pragma once
// For tests: a session of SMPP and the bytes of its other side.

#include <gtest/gtest.h>

#include "codec/smpp/pdu.h"
#include "codec/smpp/receipt.h"
#include "edge/sms/session.h"
#include "outbox/reading.h"
#include "platform/sql/store_fixture.h"

namespace anlan::edge {

class SmsSessionTest : public testing::Test {
 protected:
  using Counts = std::map<std::string, std::int64_t>;
  static Instant at(int second) { return from_ms(1'790'000'000'000 + second * 1000LL); }

  sql::TestStore store;
  outbox::Outbox outbox{store.where(), outbox::World::kReal};
  std::unique_ptr<sql::Connection> reading = outbox::open_reading(store.where(), outbox::World::kReal);
  SmsChannel channel{.name = "sms",
                     .protocol = SmsProtocol::kSmpp34,
                     .account = "anlan",
                     .secret = "secret08",
                     .number = "10690001",
                     .ask_every = Milliseconds{10'000},
                     .decimal_reports = true};
  SmsSession session{channel, outbox, at(0)};
  static constexpr std::size_t bind_size = 16 + 6 + 9 + 1 + 4;
  std::string bytes_;  // what was written since the welcome and not read yet

  void queue(int count, const std::string& text = "水位超警") {
    const auto filling = outbox.open({.id = "w1", .expires = at(3600), .wordings = {{"", text}}}, at(0));
    std::vector<outbox::Addressed> people;
    for (int i = 0; i < count; ++i) people.push_back({std::to_string(i), {{"sms", std::to_string(13800000000 + i)}}});
    outbox.fill(filling.batch, "", people, "end", true, at(0));
  }
  void hear(const smpp::Pdu& pdu, int second) { session.hear(*smpp::encode(pdu), at(second)); }
  // The gateway lets us in; a second later what there is goes out.
  void welcome(int second) {
    session.work(at(second));
    hear({0, 1, smpp::BindResp{}}, second);
    bytes_ = session.work(at(second + 1));
  }
  // The next that was written.
  smpp::Pdu sent() {
    auto frames = smpp::frames();
    frames.feed(bytes_);
    const auto octets = frames.next();
    bytes_.erase(0, (*octets)->size());
    return *smpp::decode(**octets);
  }
  static smpp::DeliverSm receipt(const std::string& id) {
    smpp::DeliverSm deliver;
    smpp::Receipt told;
    told.message_id = id;
    told.delivery = sms::Delivery::kDelivered;
    smpp::write_receipt(told, "", deliver);
    return deliver;
  }
  Counts counts(int second = 0) {
    Counts result;
    const auto said = outbox::summary(*reading, "w1", at(second));
    for (const auto& c : said->counts) result[std::string(outbox::name_of(c.state))] = c.messages;
    return result;
  }
};

}  // namespace anlan::edge
