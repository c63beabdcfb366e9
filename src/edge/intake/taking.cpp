#include "edge/intake/taking.h"

#include <algorithm>

#include "codec/alert12379/reading.h"
#include "codec/cap/message.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::edge::intake {
namespace {

constexpr std::size_t kMostTold = 20;  // errors of one message

std::string digest(std::string_view text) { return crypto::to_hex(crypto::sm3(text)); }

// What the two readings have in common.
struct Reading {
  cap::Kind kind = cap::Kind::kForeign;
  cap::Alert alert;
  std::vector<cap::Error> errors;
  alert::Form form = alert::Form::kCap;
  std::string root;
};

// The form of 12379 has no namespace.
Reading reading_of(std::string_view bytes) {
  auto as_cap = cap::read(bytes, kMostBytes);
  if (as_cap.root != "alert" || !as_cap.root_namespace.empty())
    return {as_cap.kind, std::move(as_cap.alert), std::move(as_cap.errors), alert::Form::kCap, as_cap.root};
  auto other = alert12379::read(bytes, kMostBytes);
  return {other.kind, alert12379::as_cap(other.alert), std::move(other.errors), alert::Form::k12379, as_cap.root};
}

std::vector<Refusal> faults_of(const Reading& reading, const Texts& texts) {
  std::vector<Refusal> faults;
  if (reading.kind == cap::Kind::kForeign || reading.errors.empty())
    faults.push_back(refuse(RefusalKind::kRule, "cap.foreign", {}, {{"root", reading.root}}));
  for (const cap::Error& error : reading.errors)
    if (faults.size() < kMostTold) faults.push_back(cap::refusal(error, texts));
  return faults;
}

alert::Verdict verdict_of(xml::State state) {
  switch (state) {
    case xml::State::kNone:
      return alert::Verdict::kNone;
    case xml::State::kValid:
      return alert::Verdict::kValid;
    case xml::State::kInvalid:
      return alert::Verdict::kInvalid;
  }
  return alert::Verdict::kNone;
}

// Looked at now: a certificate counts as of the moment at which the message came, not of a replay years later.
alert::Signature signature_of(std::string_view bytes, const Source& source, Instant now) {
  if (source.signing == Signing::kIgnored) return {alert::Verdict::kUnchecked};
  const auto found = xml::verify(bytes, {source.roots ? &*source.roots : nullptr, now, false, true, kMostBytes});
  alert::Signature s{verdict_of(found.state), found.state == xml::State::kValid && found.is_trusted};
  if (found.flaw) s.fault = std::string(name_of(found.flaw->fault));
  if (found.flaw && !found.flaw->detail.empty()) s.detail = cap::cut(found.flaw->detail, 200);
  if (!found.signer.empty()) s.signer = cap::cut(found.signer, 200);
  if (!found.certificate.empty()) s.certificate = found.certificate;
  return s;
}

// Who counts for one sender need not for another.
void hold_against(const Source& source, const std::string& sender, alert::Signature& s) {
  if (!s.trusted || source.senders.empty()) return;
  if (std::ranges::find(source.senders, sender) != source.senders.end()) return;
  s.trusted = false;
  s.fault = "sender";
  s.detail = cap::cut(sender, 200);
}

std::optional<alert::Offence> offence_of(const alert::Signature& s, const Source& source) {
  if (source.signing != Signing::kRequired || s.trusted) return std::nullopt;
  return s.verdict == alert::Verdict::kNone ? alert::Offence::kUnsigned : alert::Offence::kSignature;
}

// What is wrong with a signature, or that its signer is nobody who counts.
std::string words_of(const alert::Signature& s, const Texts& texts, Locale locale) {
  const std::string key = "cap.signed_" + s.fault.value_or("unchecked");
  return texts.get(locale, key, {{"value", s.fault ? s.detail.value_or("") : s.signer.value_or("")}});
}

// What is over or a test is no attack: feeds are full of it.
bool is_worth_telling(const std::vector<Refusal>& refusals) {
  return std::ranges::none_of(refusals, [](const Refusal& r) {
    return r.code == "alert.expired" || r.code == "alert.not_actual" || r.code == "alert.not_a_warning";
  });
}

Said later(std::vector<Refusal> why, std::string alert = {}) {
  return {Fate::kLater, std::move(alert), std::move(why)};
}

Said said_of(const command::Outcome& outcome, const alert::Receive& c, const Texts& texts) {
  if (!outcome.ok()) {
    const bool busy = outcome.error().kind == RefusalKind::kBusy || outcome.error().code == "lease.lost";
    return {busy ? Fate::kLater : Fate::kRefused, c.id, {outcome.error()}};
  }
  if (const auto no = refusal_in(*outcome, c, texts)) return {Fate::kRefused, c.id, {*no}};
  return {outcome->status == 201 ? Fate::kTaken : Fate::kKnown, c.id, {}};
}

std::string text_of(const Refusal& r, const Texts& texts, Locale locale) {
  const std::string ending = "." + std::string(name_of(locale));
  Texts::Values values{{"field", r.field}};
  for (const auto& [name, value] : r.values)
    if (name.ends_with(ending)) values.emplace_back(name.substr(0, name.size() - ending.size()), value);
  for (const auto& [name, value] : r.values)
    if (name.find('.') == std::string::npos) values.emplace_back(name, value);
  const std::string key = "refusal." + r.code;
  return texts.get(locale, key + ".title", values) + "\n  " + texts.get(locale, key + ".detail", values) + "\n";
}

}  // namespace

std::string alert_id(const Source& source, const std::string& sender, const std::string& identifier) {
  std::string name;
  for (const std::string* part : {&source.organisation, &source.world, &sender, &identifier})
    name.append(std::to_string(part->size())).append(":").append(*part);
  return digest(name).substr(0, 32) + "." + source.organisation;
}

Result<alert::Receive, std::vector<Refusal>> read(std::string_view bytes, const Source& source, Instant now,
                                                  const Texts& texts) {
  if (bytes.size() > kMostBytes)
    return std::vector{
        refuse(RefusalKind::kTooLarge, "alert.too_large", {}, {{"limit", std::to_string(kMostBytes >> 20)}})};
  Reading reading = reading_of(bytes);
  if (reading.kind != cap::Kind::kValid) return faults_of(reading, texts);
  auto message = cap::message(reading.alert, reading.form, now);
  if (!message)
    return std::vector{refuse(RefusalKind::kRule, "alert.not_a_warning", {}, {{"value", reading.alert.msg_type}})};
  for (alert::Reference& r : message->references) r.alert = alert_id(source, message->sender, r.identifier);
  alert::Receive c{alert_id(source, message->sender, message->identifier), source.name, digest(bytes), {}, {}, {}, {}};
  reading.alert.signature = false;
  c.said = digest(cap::to_json(reading.alert));
  c.signature = signature_of(bytes, source, now);
  hold_against(source, message->sender, c.signature);
  c.offence = offence_of(c.signature, source);
  c.message = std::move(*message);
  return c;
}

void settle(const Ground& ground, const alert::Receive& c, std::size_t size, const command::Outcome& outcome) {
  const bool is_recorded = outcome.ok() && !outcome->replayed;
  const Became became = !is_recorded ? Became::kNothing : outcome->status == 409 ? Became::kRefused : Became::kTaken;
  if (!ground.keeping->settle(c.source, c.sm3, size, became, ground.clock.now()))
    ground.log(c.source + ": more than " + std::to_string(kMostRefusedBytes >> 20) +
               " MB of refused messages today, of the rest the bytes are not kept");
}

std::optional<Refusal> refusal_in(const command::Answer& answer, const alert::Receive& c, const Texts& texts) {
  if (answer.status != 409) return std::nullopt;
  const auto &sender = c.message.sender, &identifier = c.message.identifier;
  if (!c.offence)
    return refuse(RefusalKind::kConflict, "alert.other_content", {}, {{"sender", sender}, {"identifier", identifier}});
  if (*c.offence == alert::Offence::kUnsigned)
    return refuse(RefusalKind::kConflict, "alert.unsigned", {}, {{"sender", sender}, {"identifier", identifier}});
  const auto why = [&](Locale locale) { return words_of(c.signature, texts, locale); };
  return refuse(
      RefusalKind::kConflict, "alert.signature", {},
      {{"reason", why(Locale::kChinese)}, {"reason." + std::string(name_of(Locale::kEnglish)), why(Locale::kEnglish)}});
}

Said take(const Ground& ground, const Source& source, std::string_view bytes) {
  const auto command = read(bytes, source, ground.clock.now(), ground.texts);
  if (!command.ok()) return {Fate::kRefused, {}, command.error()};
  const auto laid = ground.keeping->lay(command->sm3, bytes);
  if (!laid.ok()) {
    ground.log(source.name + ": " + laid.error().what);
    return later({refuse(RefusalKind::kBusy, "node.busy")}, command->id);
  }
  command::Envelope envelope;
  envelope.actor = account::Actor{"system", {}, {}, source.organisation, {}};
  envelope.world = source.world;
  envelope.command = *command;
  const auto outcome = ground.execute(std::move(envelope));
  settle(ground, *command, bytes.size(), outcome);
  Said said = said_of(outcome, *command, ground.texts);
  if (said.fate == Fate::kRefused && is_worth_telling(said.refusals))
    ground.log(source.name + ": alert " + command->message.identifier + " of " + command->message.sender +
               " refused: " + said.refusals.front().code + ", " + command->sm3);
  return said;
}

std::string in_words(const std::vector<Refusal>& refusals, const Texts& texts) {
  std::string text;
  for (const Locale locale : {Locale::kChinese, Locale::kEnglish})
    for (const Refusal& r : refusals) text += text_of(r, texts, locale);
  return text;
}

}  // namespace anlan::edge::intake
