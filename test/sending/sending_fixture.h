#pragma once
// A node with contacts, two outboxes and who fills them: warnings are issued by commands, messages are read where
// gateways would take them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command/node_fixture.h"
#include "notify/notices.h"
#include "outbox/reading.h"
#include "policy/timers.h"
#include "view/views.h"

namespace anlan::sending {

// Everybody in a list; who lives nowhere is concerned wherever the area lies.
class FewPeople final : public notify::People {
 public:
  std::map<std::int64_t, contacts::Address> all;
  std::map<std::int64_t, std::string> living;  // the division of some
  int answers = -1;                            // so many addresses are given, then the book is away; negative: all

  std::vector<std::int64_t> concerned(const warning::Content& content, const std::string&) override {
    std::vector<std::int64_t> ids;
    for (const auto& [id, address] : all) {
      const auto home = living.find(id);
      if (home == living.end() || std::ranges::any_of(content.area.divisions, [&](const std::string& division) {
            return home->second.starts_with(division);
          }))
        ids.push_back(id);
    }
    return ids;
  }
  std::optional<contacts::Address> address(std::int64_t contact) override {
    if (answers == 0) throw sql::ConnectionLost("the book is away");
    if (answers > 0) --answers;
    const auto found = all.find(contact);
    return found == all.end() ? std::nullopt : std::optional(found->second);
  }
};

inline Texts some_texts() {
  Texts texts;
  for (const char* key : {"issued", "again"})
    texts.add(Locale::kChinese, std::string("notice.") + key, std::string(key) + ": {description} {instruction}");
  texts.add(Locale::kChinese, "notice.passed", "over: {headline}");
  texts.add(Locale::kChinese, "notice.mistaken", "wrong: {headline}");
  texts.add(Locale::kChinese, "notice.ended_subject", "over: {headline}");
  texts.add(Locale::kChinese, "notice.left", "left: {headline}");
  texts.add(Locale::kChinese, "notice.left_subject", "left: {headline}");
  texts.add(Locale::kChinese, "notice.drill", "DRILL ");
  texts.add(Locale::kChinese, "notice.call", "{role} of {place}: {link}");
  return texts;
}

class SendingTest : public testing::Test {
 protected:
  SendingTest() {
    node.contacts.all = {{"yangkou", {"370783115", "村责任人", 1}}, {"yangkou", {"370783115", "网格员", 2}}};
    people.all = {{1, {"A", "13800000001", "", ""}},
                  {2, {"B", "13800000002", "b@example.com", ""}},
                  {3, {"C", "", "c@example.com", ""}},
                  {4, {"", "", "", "speaker-1"}}};
    begin();
  }

  // As when the process starts anew.
  void begin() {
    notices = std::make_unique<notify::Notices>(notify::Ground{
        [this]() -> sql::Connection& { return node.sql(); },
        [this] { return std::make_shared<const state::Directory>(node.directory()); }, texts, node.clock, real, drill,
        [this](outbox::World world) { return outbox::open_reading(store.where(), world); }, people, ways,
        [](const std::string& one, const std::string& other) {
          return one.starts_with(other) || other.starts_with(one);
        },
        [](const std::string& code) { return code; },
        [](std::int64_t sequence) { return "https://x/a/" + std::to_string(sequence); }});
  }

  // A red warning of the city in that world, as it is in force then. Its id.
  std::string issue(const std::string& world = "real") {
    warning::Draft draft;
    draft.content.type = "11A01";
    draft.content.colour = warning::Colour::kRed;
    draft.content.headline = "H";
    draft.content.description = "D";
    draft.content.instruction = "I";
    draft.content.area = {"area", {"370783"}, {}, {}, {}, {}};
    draft.content.channels = {"page", "sms", "mail", "group", "loudspeaker"};
    draft.content.expires = node.clock.now() + std::chrono::hours{6};
    const auto made = ask("city", draft, {}, world);
    const std::string id = json::parse(made->body)->at("id").as_string().c_str();
    sign(id, 1, world);
    return id;
  }
  void sign(const std::string& id, std::int64_t version, const std::string& world = "real") {
    ASSERT_TRUE(ask("city", warning::Sign{version, 0}, id, world).ok());
    ASSERT_TRUE(ask("city-leader", warning::Sign{version, 0}, id, world).ok());
    call_out();
  }
  // Another version of it, of those divisions.
  void change(const std::string& id, std::int64_t version, std::vector<std::string> divisions) {
    auto content = node.state<warning::Warning>(id).versions.back().content;
    content.description = "D" + std::to_string(version);
    content.area.divisions = std::move(divisions);
    ASSERT_TRUE(ask("city", warning::Revise{content}, id, "real").ok());
    sign(id, version);
  }
  command::Outcome ask(const std::string& account, command::Command command, const std::string& target,
                       const std::string& world) {
    auto envelope = node.asked(account, std::move(command), target);
    envelope.world = world;
    return node.submit(std::move(envelope));
  }
  // What the timers of the node do.
  void call_out() {
    auto due = policy::callouts_to_begin(node.sql(), node.directory(), node.reference().warning_rules, "city",
                                         node.clock.now());
    std::ranges::move(policy::due_commands(node.sql(), node.clock.now()), std::back_inserter(due));
    for (auto& envelope : due) ASSERT_TRUE(node.submit(std::move(envelope)).ok());
  }

  // What a gateway of the channel would be given now: "ADDRESS TEXT".
  std::vector<std::string> taken(outbox::Outbox& from, const std::string& channel) {
    std::vector<std::string> said;
    for (const auto& one : from.take({channel}, 1000, node.clock.now())) said.push_back(one.address + " " + one.text);
    return said;
  }
  std::size_t queued(outbox::World world, const std::string& batch) {
    const auto reading = outbox::open_reading(store.where(), world);
    return outbox::messages(*reading, batch, 0, 1000, node.clock.now()).size();
  }

  std::vector<std::unique_ptr<journal::Projection>> views = view::all_views();
  command::TestNode node{view::pointers(views)};
  sql::TestStore store;
  outbox::Outbox real{store.where(), outbox::World::kReal}, drill{store.where(), outbox::World::kDrill};
  FewPeople people;
  const Texts texts = some_texts();
  std::vector<notify::Way> ways{{"sms", "sms", notify::Reach::kPhone, outbox::World::kReal, {}},
                                {"post", "mail", notify::Reach::kMail, outbox::World::kReal, {}},
                                {"siren", "loudspeaker", notify::Reach::kDevice, outbox::World::kReal, {}},
                                {"room", "group", notify::Reach::kStanding, outbox::World::kReal, {"370783"}},
                                {"far", "group", notify::Reach::kStanding, outbox::World::kReal, {"370784"}},
                                {"drill-sms", "sms", notify::Reach::kPhone, outbox::World::kDrill, {}},
                                {"drill-mail", "mail", notify::Reach::kMail, outbox::World::kDrill, {}}};
  std::unique_ptr<notify::Notices> notices;
};

}  // namespace anlan::sending
