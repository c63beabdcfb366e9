#include "notify/told.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "outbox/reading.h"

namespace anlan::notify {
namespace {

constexpr std::int64_t kPiece = 10'000;
constexpr std::string_view kContact = "contact/", kChannel = "channel/";

constexpr auto kByContact = [](const Hearer& a, const Hearer& b) { return a.contact < b.contact; };

void each(sql::Connection& outbox, const std::string& batch,
          const std::function<void(const outbox::Recipient&)>& visit) {
  for (std::int64_t after = 0;;) {
    const auto some = outbox::recipients(outbox, batch, after, kPiece);
    for (const auto& one : some) visit(one);
    if (some.size() < static_cast<std::size_t>(kPiece)) return;
    after = some.back().message;
  }
}

}  // namespace

std::string recipient_of(const Way& way) { return std::string(kChannel) + way.name; }
std::string recipient_of(std::int64_t contact) { return std::string(kContact) + std::to_string(contact); }

Told told_by(sql::Connection& outbox, const std::string& batch) {
  Told told;
  each(outbox, batch, [&](const outbox::Recipient& one) {
    const std::string_view recipient = one.recipient;
    if (recipient.starts_with(kChannel)) {
      told.channels.emplace(recipient.substr(kChannel.size()));
    } else if (recipient.starts_with(kContact)) {
      std::int64_t contact = 0;
      std::from_chars(recipient.data() + kContact.size(), recipient.data() + recipient.size(), contact);
      told.contacts.push_back({contact, one.message});
    }
  });
  std::ranges::sort(told.contacts, kByContact);
  return told;
}

void add(Told& told, const Told& more) {
  std::vector<Hearer> both;
  std::ranges::set_union(more.contacts, told.contacts, std::back_inserter(both), kByContact);
  told.contacts = std::move(both);
  told.channels.insert(more.channels.begin(), more.channels.end());
}

void take_away(Told& told, const Told& others) {
  std::vector<Hearer> left;
  std::ranges::set_difference(told.contacts, others.contacts, std::back_inserter(left), kByContact);
  told.contacts = std::move(left);
  std::erase_if(told.channels, [&](const std::string& one) { return others.channels.contains(one); });
}

Addresses::Addresses(sql::Connection& outbox, const std::string& batch) {
  each(outbox, batch, [&](const outbox::Recipient& one) { hashes_.push_back(std::hash<std::string>{}(one.address)); });
  std::ranges::sort(hashes_);
}

bool Addresses::has(const std::vector<outbox::Destination>& destinations) const {
  return std::ranges::any_of(destinations, [&](const outbox::Destination& one) {
    return std::ranges::binary_search(hashes_, std::hash<std::string>{}(one.address));
  });
}

}  // namespace anlan::notify
