// CMPP 2.0 and 3.0: V3.0.0 §7 and §8 of its document, as src/codec/cmpp/ has them.

#include <fmt/format.h>

#include "codec/cmpp/authenticator.h"
#include "codec/cmpp/pdu.h"
#include "codec/cmpp/report.h"
#include "codec/cmpp/text.h"
#include "edge/sms/dialect.h"

namespace anlan::edge {
namespace {

using Kind = Heard::Kind;
using Verdict = Heard::Verdict;

// §8.4.3.2 Result. What a gateway has of its own, 14 and up, may pass.
Verdict verdict_of(std::uint32_t result) {
  if (result == 0) return Verdict::kGood;
  if (result == 8) return Verdict::kTooFast;
  return result == 3 || result > 13 ? Verdict::kForNow : Verdict::kForGood;
}

// The gateway stops trying when the batch expires, as the outbox does: SMPP 3.3 time, a tenth of a second, quarters of
// an hour ahead of UTC.
std::string valid_until(Instant expires) {
  const ChinaTime t = china_time(expires);
  return fmt::format("{:02}{:02}{:02}{:02}{:02}{:02}032+", t.year % 100, t.month, t.day, t.hour, t.minute, t.second);
}

class Cmpp final : public SmsDialect {
 public:
  explicit Cmpp(const SmsChannel& channel)
      : channel_(channel), version_(channel.protocol == SmsProtocol::kCmpp20 ? cmpp::kVersion20 : cmpp::kVersion30) {}

  sms::Frames frames() const override { return cmpp::frames(); }

  sms::Coded<std::string> hello(std::uint32_t sequence, Instant now) override {
    cmpp::Connect connect;
    connect.source_addr = channel_.account;
    connect.version = version_;
    connect.timestamp = cmpp::timestamp(now);
    authenticator_ = cmpp::authenticator_source(channel_.account, channel_.secret, connect.timestamp);
    connect.authenticator_source = authenticator_;
    return cmpp::encode({sequence, connect}, version_);
  }
  std::string question(std::uint32_t sequence) const override { return written({sequence, cmpp::ActiveTest{}}); }
  std::string goodbye(std::uint32_t sequence) const override { return written({sequence, cmpp::Terminate{}}); }

  sms::Coded<std::vector<std::string>> parts(const outbox::Taken& taken, std::uint8_t reference) const override {
    cmpp::Submit form;
    form.service_id = channel_.service;
    form.msg_src = channel_.account;
    form.src_id = channel_.number;
    form.valid_time = valid_until(taken.expires);
    form.dest_terminal_id = {taken.address};
    const auto submits = cmpp::submits(form, taken.text, reference);
    if (!submits.ok()) return submits.error();
    std::vector<std::string> result;
    for (const cmpp::Submit& submit : *submits) {
      auto octets = cmpp::encode({0, submit}, version_);
      if (!octets.ok()) return octets.error();
      result.push_back(std::move(*octets));
    }
    return result;
  }

  void number(std::string& pdu, std::uint32_t sequence) const override {
    for (std::size_t i = 0; i < 4; ++i) pdu[8 + i] = static_cast<char>(sequence >> (24 - 8 * i) & 0xff);
  }

  Heard hear(std::string_view octets) override {
    const auto pdu = cmpp::decode(octets, version_);
    if (!pdu.ok()) return {.kind = Kind::kNonsense, .reason = sms::sentence(pdu.error())};
    return std::visit([&](const auto& body) { return heard(pdu->sequence_id, body); }, pdu->body);
  }

 private:
  // Of what has no text in it, or only what the other side has said in as many octets.
  std::string written(const cmpp::Pdu& pdu) const {
    auto octets = cmpp::encode(pdu, version_);
    return octets.ok() ? std::move(*octets) : std::string{};
  }

  // The secret is proved both ways: a machine that only says yes would learn every text and number. What a gateway puts
  // there when it refuses says nothing.
  Heard heard(std::uint32_t, const cmpp::ConnectResp& resp) const {
    if (resp.status != 0) return {.kind = Kind::kRefused, .reason = fmt::format("CONNECT_RESP status {}", resp.status)};
    const auto expected = cmpp::authenticator_ismg(0, authenticator_, channel_.secret, version_);
    if (resp.authenticator_ismg != expected)
      return {.kind = Kind::kRefused, .reason = "the gateway does not know the shared secret"};
    return {.kind = Kind::kWelcome};
  }
  Heard heard(std::uint32_t sequence, const cmpp::SubmitResp& resp) const {
    return {.kind = Kind::kAnswer,
            .sequence = sequence,
            .reason = resp.result == 0 ? std::string{} : fmt::format("SUBMIT_RESP result {}", resp.result),
            .verdict = verdict_of(resp.result),
            .gateway_id = fmt::format("{:016x}", resp.msg_id)};
  }
  // What people send to the number is taken and not read. A report that says nothing final is none yet.
  Heard heard(std::uint32_t sequence, const cmpp::Deliver& deliver) const {
    const std::string reply = written({sequence, cmpp::DeliverResp{deliver.msg_id, 0}});
    if (deliver.registered_delivery == 0) return {.kind = Kind::kQuestion, .reply = reply};
    const auto report = cmpp::read_report(deliver.msg_content);
    if (!report.ok()) return {.kind = Kind::kNonsense, .reply = reply, .reason = sms::sentence(report.error())};
    const sms::Delivery delivery = report->delivery();
    if (!sms::is_final(delivery)) return {.kind = Kind::kQuestion, .reply = reply};
    return {.kind = Kind::kReport,
            .reply = reply,
            .report = {fmt::format("{:016x}", report->msg_id), delivery == sms::Delivery::kDelivered, report->stat}};
  }
  Heard heard(std::uint32_t sequence, const cmpp::ActiveTest&) const {
    return {.kind = Kind::kQuestion, .reply = written({sequence, cmpp::ActiveTestResp{}})};
  }
  Heard heard(std::uint32_t, const cmpp::ActiveTestResp&) const { return {.kind = Kind::kAlive}; }
  Heard heard(std::uint32_t sequence, const cmpp::Terminate&) const {
    return {.kind = Kind::kGoodbye, .reply = written({sequence, cmpp::TerminateResp{}})};
  }
  Heard heard(std::uint32_t, const cmpp::TerminateResp&) const { return {.kind = Kind::kParted}; }
  Heard heard(std::uint32_t, const auto&) const {
    return {.kind = Kind::kNonsense, .reason = "a PDU that only a provider sends"};
  }

  const SmsChannel& channel_;
  const std::uint8_t version_;
  std::string authenticator_;
};

}  // namespace

std::unique_ptr<SmsDialect> cmpp_dialect(const SmsChannel& channel) { return std::make_unique<Cmpp>(channel); }

}  // namespace anlan::edge
