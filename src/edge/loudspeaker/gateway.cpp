#include <algorithm>
#include <atomic>
#include <map>

#include "base/text.h"
#include "edge/loudspeaker/channel.h"
#include "edge/loudspeaker/command.h"
#include "outbox/serving.h"
#include "platform/mqtt/client.h"

namespace anlan::edge {
namespace {

using Outcome = outbox::Outcome;

constexpr std::size_t kShortestSecret = 16;

outbox::Terms terms_of(const LoudspeakerChannel& channel) {
  return {.channel = {channel.name, true, channel.backoff},
          .world = channel.world,
          .rate = channel.rate,
          .at_once = channel.at_once,
          .pauses = {channel.reconnect_first, channel.reconnect_most},
          .standing = true};
}

std::string id_of(const std::string& device, const std::string& key) { return device + "/" + key; }

class LoudspeakerWay final : public outbox::Way {
 public:
  LoudspeakerWay(const LoudspeakerChannel& channel, const Clock& clock) : channel_(channel), clock_(clock) {}

  Result<Done> connect() override {
    const LoudspeakerChannel& c = channel_;
    client_.reset();
    auto client = mqtt::Client::connect({.address = c.address,
                                         .port = c.port,
                                         .version5 = c.version5,
                                         .client_id = c.client_id,
                                         .account = c.account,
                                         .secret = c.secret,
                                         .tls = c.tls,
                                         .ca_file = c.ca_file,
                                         .certificate_file = c.certificate_file,
                                         .key_file = c.key_file,
                                         .keep_alive = c.keep_alive},
                                        c.prefix + "/+/answer", c.patience);
    if (!client.ok()) return client.error();
    client_ = std::move(*client);
    return Done{};
  }

  // Those that the broker has not acknowledged are in doubt: devices know their keys.
  Result<Done> give(std::span<const outbox::Taken> taken, std::vector<Outcome>& outcomes) override {
    std::map<int, const outbox::Taken*> open;
    Result<Done> done = publish(taken, open, outcomes);
    if (done.ok())
      done = client_->work_until([&] { return settled(open, outcomes) || interrupted_; }, channel_.patience);
    settled(open, outcomes);
    for (const auto& [number, t] : open) outcomes.push_back({t->message, t->leg, Outcome::Kind::kUnknown});
    return done;
  }

  Result<Done> hear(Milliseconds longest, std::vector<outbox::Report>& reports) override {
    auto worked = client_->work(longest);
    for (const mqtt::Heard& heard : client_->heard()) {
      auto answer = proved_answer(heard.text, channel_.group_secret);
      if (!answer || heard.topic != channel_.prefix + "/" + answer->device + "/answer") continue;
      const bool played = answer->result == "played";
      reports.push_back({id_of(answer->device, answer->key), played, played ? std::string{} : answer->result});
    }
    return worked;
  }

  void interrupt() override { interrupted_ = true; }

 private:
  Result<Done> publish(std::span<const outbox::Taken> taken, std::map<int, const outbox::Taken*>& open,
                       std::vector<Outcome>& outcomes) {
    for (const outbox::Taken& t : taken) {
      if (!is_id(t.address)) {
        outcomes.push_back({t.message, t.leg, Outcome::Kind::kFailed, {}, "address"});
        continue;
      }
      const auto number = client_->publish(channel_.prefix + "/" + t.address + "/command", payload(t));
      if (!number.ok()) return number.error();
      open[*number] = &t;
    }
    return Done{};
  }

  // The number is the time, so that it rises over restarts and when another process takes over.
  std::string payload(const outbox::Taken& t) {
    const Instant now = clock_.now();
    number_ = std::max(number_ + 1, to_ms(now));
    Command command;
    command.device = t.address;
    command.number = number_;
    command.issued = now;
    command.expires = t.expires;
    command.key = t.key;
    command.text = t.text;
    command.drill = channel_.world == outbox::World::kDrill;
    command.play = {channel_.times, channel_.volume};
    return signed_text(command, channel_.group_secret);
  }

  bool settled(std::map<int, const outbox::Taken*>& open, std::vector<Outcome>& outcomes) {
    for (const int number : client_->acknowledged())
      if (const auto found = open.extract(number); !found.empty()) {
        const outbox::Taken& t = *found.mapped();
        outcomes.push_back({t.message, t.leg, Outcome::Kind::kAccepted, {id_of(t.address, t.key)}});
      }
    for (const int number : client_->refused())
      if (const auto found = open.extract(number); !found.empty())
        outcomes.push_back({found.mapped()->message, found.mapped()->leg, Outcome::Kind::kFailed, {}, "refused"});
    return open.empty();
  }

  const LoudspeakerChannel channel_;
  const Clock& clock_;
  std::unique_ptr<mqtt::Client> client_;
  std::int64_t number_ = 0;
  std::atomic<bool> interrupted_ = false;
};

}  // namespace

std::optional<outbox::Fault> fault_of(const LoudspeakerChannel& channel) {
  if (auto fault = outbox::fault_of(terms_of(channel))) return fault;
  if (channel.address.empty()) return outbox::Fault{"address", "missing"};
  if (channel.port == 0) return outbox::Fault{"port", "range", "0"};
  if (channel.prefix.empty()) return outbox::Fault{"prefix", "missing"};
  if (channel.prefix.find_first_of("+#$ ") != std::string::npos || !is_utf8(channel.prefix))
    return outbox::Fault{"prefix", "form", channel.prefix};
  if (channel.group_secret.empty()) return outbox::Fault{"group_secret", "missing"};
  if (channel.group_secret.size() < kShortestSecret) return outbox::Fault{"group_secret", "insecure"};
  if (!channel.secret.empty() && channel.account.empty()) return outbox::Fault{"account", "missing"};
  if (channel.certificate_file.empty() != channel.key_file.empty())
    return outbox::Fault{channel.key_file.empty() ? "key_file" : "certificate_file", "missing"};
  if (!channel.certificate_file.empty() && channel.ca_file.empty()) return outbox::Fault{"ca_file", "missing"};
  if (channel.times < 1 || channel.times > 100) return outbox::Fault{"times", "range", std::to_string(channel.times)};
  if (channel.volume < 0 || channel.volume > 100)
    return outbox::Fault{"volume", "range", std::to_string(channel.volume)};
  if (channel.at_once == 0) return outbox::Fault{"at_once", "range", "0"};
  return std::nullopt;
}

std::unique_ptr<outbox::Gateway> serve(const LoudspeakerChannel& channel, outbox::Outbox& outbox, const Clock& clock,
                                       outbox::Failed failed) {
  return std::make_unique<outbox::Serving>(terms_of(channel), std::make_unique<LoudspeakerWay>(channel, clock), outbox,
                                           clock, std::move(failed));
}

}  // namespace anlan::edge
