#include "campaign.h"

#include <gtest/gtest.h>

#include <thread>

#include "platform/sql/sql.h"

namespace anlan {
namespace {

constexpr std::size_t kClients = 64;
constexpr int kIncidents = 50;
constexpr std::string_view kReplayed = "Idempotency-Replayed: true";

}  // namespace

void Campaign::prepare(const Served& node) {
  if (desk_) return;
  auto desk = bench::Desk::sign_in(node.port(), "duty1", "Anlan-Demo-2026");
  ASSERT_TRUE(desk.ok()) << desk.error().what;
  desk_ = std::move(*desk);
  auto incidents = desk_->open_incidents(node.port(), kIncidents);
  ASSERT_TRUE(incidents.ok()) << incidents.error().what;
  incidents_ = std::move(*incidents);
}

void Campaign::round() {
  Served node(folder_.path());
  ASSERT_NE(node.port(), 0) << "the node did not start again";
  ASSERT_NO_FATAL_FAILURE(prepare(node));
  ASSERT_NO_FATAL_FAILURE(repeat(node));
  last_.clear();
  by_client_.assign(kClients, nullptr);
  const auto moment = std::chrono::milliseconds(std::uniform_int_distribution(20, 500)(chance_));
  std::thread killer([&] {
    std::this_thread::sleep_for(moment);
    node.kill();
  });
  bench::run_load({.port = node.port(),
                   .clients = kClients,
                   .duration = std::chrono::seconds(30),
                   .next = [this](std::size_t client) { return send(client); },
                   .answered = [this](std::size_t client, const bench::Answer& a) { check_acknowledged(client, a); }});
  killer.join();
  EXPECT_EQ(node.wait(), -1) << "the node ended by itself";
}

std::string Campaign::send(std::size_t client) {
  const std::string text = "kill-" + std::to_string(sent_.size());
  const auto& incident = incidents_[chance_() % incidents_.size()];
  by_client_[client] = &*sent_.emplace(text, Sent{desk_->note(incident, text, text), {}}).first;
  last_.push_back(by_client_[client]);
  return by_client_[client]->second.request;
}

void Campaign::check_acknowledged(std::size_t client, const bench::Answer& a) {
  EXPECT_LT(a.status, 300) << a.body;
  EXPECT_EQ(a.head.find(kReplayed), a.head.npos) << "a new command was taken for an old one";
  by_client_[client]->second.answer = a.body;
  ++acknowledged_;
}

// Whoever got no answer asks again with the same key; so do those who got one.
void Campaign::repeat(const Served& node) {
  std::size_t next = 0, repeated = 0;
  std::vector<Entry*> waiting(kClients, nullptr);
  bench::run_load({.port = node.port(),
                   .clients = kClients,
                   .duration = std::chrono::minutes(5),
                   .next =
                       [&](std::size_t client) {
                         if (next == last_.size()) return std::string();
                         waiting[client] = last_[next++];
                         return waiting[client]->second.request;
                       },
                   .answered =
                       [&](std::size_t client, const bench::Answer& a) {
                         ++repeated;
                         check_repeated(*waiting[client], a);
                       }});
  ASSERT_EQ(repeated, last_.size());
}

void Campaign::check_repeated(Entry& entry, const bench::Answer& a) {
  EXPECT_LT(a.status, 300) << entry.first << ": " << a.body;
  if (!entry.second.answer) {
    entry.second.answer = a.body;
    return;
  }
  EXPECT_EQ(a.body, *entry.second.answer) << entry.first;
  EXPECT_NE(a.head.find(kReplayed), a.head.npos) << entry.first << " was acknowledged and is gone";
}

void Campaign::finish() {
  Served node(folder_.path());
  ASSERT_NE(node.port(), 0);
  repeat(node);
  EXPECT_EQ(node.stop(), 0);
  compare_with_journal();
}

void Campaign::compare_with_journal() const {
  std::map<std::string, std::vector<std::string>> positions;
  const auto store = sql::open(folder_.path(), sql::Access::kRead);
  auto rows = store->once("SELECT position, body FROM fact WHERE type = 'incident.noted' AND body LIKE '%kill-%'");
  while (rows->step()) positions[bench::member(rows->text(1), "text")].push_back(std::to_string(rows->integer(0)));
  EXPECT_EQ(positions.size(), sent_.size()) << "notes that nobody sent, or that are gone";
  for (const auto& [text, sent] : sent_) {
    ASSERT_EQ(positions[text].size(), 1U) << text;
    EXPECT_EQ(positions[text].front(), bench::member(*sent.answer, "position")) << text;
  }
}

void Campaign::expect_sound() const {
  const Ran verified = folder_.verify();
  EXPECT_EQ(verified.code, 0) << verified.output;
}

}  // namespace anlan
