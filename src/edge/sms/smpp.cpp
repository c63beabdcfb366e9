// SMPP 3.4 as a transceiver, as src/codec/smpp/ has it.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "codec/smpp/pdu.h"
#include "codec/smpp/receipt.h"
#include "codec/smpp/text.h"
#include "edge/sms/dialect.h"

namespace anlan::edge {
namespace {

using Kind = Heard::Kind;
using Verdict = Heard::Verdict;

// §5.1.3. What says of the request that it is wrong stays so; of the others some pass, as does what a centre has of its
// own.
Verdict verdict_of(std::uint32_t status) {
  constexpr std::uint32_t kUnknownSystem = 0xff, kSubmitFailed = 0x45, kOwnFirst = 0x400;
  if (status == smpp::status::kOk) return Verdict::kGood;
  if (status == smpp::status::kThrottled || status == smpp::status::kQueueFull) return Verdict::kTooFast;
  const bool passes = status == smpp::status::kSystemError || status == smpp::status::kInvalidBindState ||
                      status == kSubmitFailed || status == kUnknownSystem || status >= kOwnFirst;
  return passes ? Verdict::kForNow : Verdict::kForGood;
}

// §5.2.5, 5.2.6: international numbers of the ISDN plan, others as the centre takes them.
std::uint8_t ton_of(const std::string& number) { return number.starts_with('+') ? 1 : 0; }
std::string digits_of(const std::string& number) { return number.starts_with('+') ? number.substr(1) : number; }

std::string valid_until(Instant expires) {
  const ChinaTime t = china_time(expires);
  // §7.1.1: tenths of a second, quarters of an hour ahead of UTC.
  return fmt::format("{:02}{:02}{:02}{:02}{:02}{:02}032+", t.year % 100, t.month, t.day, t.hour, t.minute, t.second);
}

class Smpp final : public SmsDialect {
 public:
  explicit Smpp(const SmsChannel& channel) : channel_(channel) {}

  sms::Frames frames() const override { return smpp::frames(); }
  sms::Coded<std::string> hello(std::uint32_t sequence, Instant) override {
    return smpp::encode(
        {0, sequence,
         smpp::Bind{.system_id = channel_.account, .password = channel_.secret, .system_type = channel_.service}});
  }
  std::string question(std::uint32_t sequence) const override { return written({0, sequence, smpp::EnquireLink{}}); }
  std::string goodbye(std::uint32_t sequence) const override { return written({0, sequence, smpp::Unbind{}}); }

  sms::Coded<std::vector<std::string>> parts(const outbox::Taken& taken, std::uint8_t reference) const override {
    smpp::SubmitSm form;
    form.source_addr_ton = ton_of(channel_.number);
    form.source_addr_npi = form.source_addr_ton;
    form.source_addr = digits_of(channel_.number);
    form.dest_addr_ton = ton_of(taken.address);
    form.dest_addr_npi = form.dest_addr_ton;
    form.destination_addr = digits_of(taken.address);
    form.validity_period = valid_until(taken.expires);
    form.registered_delivery = 1;
    const auto submits = smpp::submits(form, taken.text, reference);
    if (!submits.ok()) return submits.error();
    std::vector<std::string> result;
    for (const smpp::SubmitSm& submit : *submits) {
      auto octets = smpp::encode({0, 0, submit});
      if (!octets.ok()) return octets.error();
      result.push_back(std::move(*octets));
    }
    return result;
  }

  void number(std::string& pdu, std::uint32_t sequence) const override {
    for (std::size_t i = 0; i < 4; ++i) pdu[12 + i] = static_cast<char>(sequence >> (24 - 8 * i) & 0xff);
  }

  Heard hear(std::string_view octets) override {
    const auto pdu = smpp::decode(octets);
    if (!pdu.ok())
      return {.kind = Kind::kNonsense,
              .reply = written({smpp::status::kInvalidCommand, smpp::sequence_of(octets), smpp::GenericNack{}}),
              .reason = sms::sentence(pdu.error())};
    return std::visit([&](const auto& body) { return heard(*pdu, body); }, pdu->body);
  }

 private:
  // Of what has no text in it.
  std::string written(const smpp::Pdu& pdu) const {
    auto octets = smpp::encode(pdu);
    return octets.ok() ? std::move(*octets) : std::string{};
  }

  // As reports and answers name it alike, for centres that do not agree with themselves: hexadecimal in small letters
  // without zeros in front, where one of them is decimal; else as it is.
  std::string named(const std::string& id, bool in_report) const {
    if (!channel_.decimal_reports) return id;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), value, in_report ? 10 : 16);
    return error == std::errc{} && end == id.data() + id.size() ? fmt::format("{:x}", value) : id;
  }

  Heard heard(const smpp::Pdu& pdu, const smpp::BindResp&) const {
    if (pdu.command_status == smpp::status::kOk) return {.kind = Kind::kWelcome};
    return {.kind = Kind::kRefused, .reason = fmt::format("bind_transceiver_resp status 0x{:02x}", pdu.command_status)};
  }
  Heard heard(const smpp::Pdu& pdu, const smpp::SubmitSmResp& resp) const {
    const std::uint32_t status = pdu.command_status;
    return {.kind = Kind::kAnswer,
            .sequence = pdu.sequence_number,
            .reason = status == 0 ? std::string{} : fmt::format("submit_sm_resp status 0x{:02x}", status),
            .verdict = verdict_of(status),
            .gateway_id = named(resp.message_id, false)};
  }
  // As in CMPP: what people send is taken and not read, intermediate notifications are no result.
  Heard heard(const smpp::Pdu& pdu, const smpp::DeliverSm& deliver) const {
    const std::string reply = written({0, pdu.sequence_number, smpp::DeliverSmResp{}});
    if (!smpp::is_receipt(deliver)) return {.kind = Kind::kQuestion, .reply = reply};
    const auto receipt = smpp::read_receipt(deliver);
    if (!receipt.ok()) return {.kind = Kind::kNonsense, .reply = reply, .reason = sms::sentence(receipt.error())};
    if (!sms::is_final(receipt->delivery)) return {.kind = Kind::kQuestion, .reply = reply};
    std::string reason(receipt->stat.empty() ? sms::stat(receipt->delivery) : receipt->stat);
    if (!receipt->error.empty()) reason += " " + receipt->error;
    return {.kind = Kind::kReport,
            .reply = reply,
            .report = {named(receipt->message_id, true), receipt->delivery == sms::Delivery::kDelivered, reason}};
  }
  Heard heard(const smpp::Pdu& pdu, const smpp::EnquireLink&) const {
    return {.kind = Kind::kQuestion, .reply = written({0, pdu.sequence_number, smpp::EnquireLinkResp{}})};
  }
  Heard heard(const smpp::Pdu&, const smpp::EnquireLinkResp&) const { return {.kind = Kind::kAlive}; }
  Heard heard(const smpp::Pdu& pdu, const smpp::Unbind&) const {
    return {.kind = Kind::kGoodbye, .reply = written({0, pdu.sequence_number, smpp::UnbindResp{}})};
  }
  Heard heard(const smpp::Pdu&, const smpp::UnbindResp&) const { return {.kind = Kind::kParted}; }
  // It did not understand a part.
  Heard heard(const smpp::Pdu& pdu, const smpp::GenericNack&) const {
    return {.kind = Kind::kAnswer,
            .sequence = pdu.sequence_number,
            .reason = fmt::format("generic_nack 0x{:02x}", pdu.command_status),
            .verdict = Verdict::kForGood};
  }
  Heard heard(const smpp::Pdu&, const auto&) const {
    return {.kind = Kind::kNonsense, .reason = "a PDU that only a client sends"};
  }

  const SmsChannel& channel_;
};

}  // namespace

std::unique_ptr<SmsDialect> smpp_dialect(const SmsChannel& channel) { return std::make_unique<Smpp>(channel); }

}  // namespace anlan::edge
