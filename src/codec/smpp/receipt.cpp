#include "codec/smpp/receipt.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::smpp {
namespace {

constexpr std::uint8_t kTypeMask = 0x3C, kReceipt = 0x04, kNotification = 0x20;

bool starts(std::string_view text, std::string_view key) {
  return text.size() >= key.size() &&
         std::ranges::equal(text.substr(0, key.size()), key, {}, [](char c) { return lower(c); });
}

// Where a key begins a word; npos where it does not.
std::size_t place_of(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if ((at == 0 || text[at - 1] == ' ') && starts(text.substr(at), key)) return at;
  return text.npos;
}

// The word behind a key; empty where it is not there.
std::string value_of(std::string_view text, std::string_view key) {
  const std::size_t at = place_of(text, key);
  if (at == text.npos) return {};
  std::string_view value = text.substr(at + key.size());
  return std::string(value.substr(0, value.find_first_of(std::string_view(" \r\n\0", 4))));
}

std::string network_error(const std::string& code) {
  if (code.size() != 3) return {};
  return std::to_string(static_cast<unsigned char>(code[1]) << 8 | static_cast<unsigned char>(code[2]));
}

void read_text(std::string_view text, Receipt& out) {
  // What the message itself said stands last, and may hold anything.
  text = text.substr(0, place_of(text, "text:"));
  out.message_id = value_of(text, "id:");
  out.stat = value_of(text, "stat:");
  out.error = value_of(text, "err:");
  out.submit_date = value_of(text, "submit date:");
  out.done_date = value_of(text, "done date:");
  out.delivery = sms::delivery_of(out.stat);
}

// Of a C-octet string.
std::string without_nul(const std::string& text) { return text.substr(0, text.find('\0')); }

}  // namespace

bool is_receipt(const DeliverSm& deliver) {
  const std::uint8_t type = deliver.esm_class & kTypeMask;
  return type == kReceipt || type == kNotification;
}

sms::Coded<Receipt> read_receipt(const DeliverSm& deliver) {
  Receipt out;
  read_text(deliver.content(), out);
  bool told = !out.stat.empty();
  if (const std::string* id = find(deliver.optional, tag::kReceiptedMessageId)) out.message_id = without_nul(*id);
  if (const std::string* state = find(deliver.optional, tag::kMessageState); state && state->size() == 1) {
    const auto known = sms::delivery_of(static_cast<std::uint8_t>(state->front()));
    if (known) out.delivery = *known;
    told = told || known;
  }
  if (const std::string* code = find(deliver.optional, tag::kNetworkErrorCode); code && out.error.empty())
    out.error = network_error(*code);
  if (out.message_id.empty())
    return sms::Fault{sms::FaultKind::kStructure, "receipt", "without an identifier", "id: or receipted_message_id"};
  if (!told) return sms::Fault{sms::FaultKind::kStructure, "receipt", "without a state", "stat: or message_state"};
  return out;
}

void write_receipt(const Receipt& receipt, std::string_view text, DeliverSm& deliver) {
  const bool delivered = receipt.delivery == sms::Delivery::kDelivered;
  const std::string word(receipt.stat.empty() ? sms::stat(receipt.delivery) : std::string_view(receipt.stat));
  deliver.esm_class = kReceipt;
  deliver.data_coding = 0;
  deliver.short_message = "id:" + receipt.message_id + " sub:001 dlvrd:" + (delivered ? "001" : "000") +
                          " submit date:" + receipt.submit_date + " done date:" + receipt.done_date + " stat:" + word +
                          " err:" + receipt.error + " text:" + std::string(text.substr(0, 20));
  std::erase_if(deliver.optional, [](const Tlv& t) {
    return t.tag == tag::kReceiptedMessageId || t.tag == tag::kMessageState || t.tag == tag::kMessagePayload;
  });
  deliver.optional.push_back({tag::kReceiptedMessageId, receipt.message_id + '\0'});
  if (receipt.delivery != sms::Delivery::kOther)
    deliver.optional.push_back({tag::kMessageState, std::string(1, static_cast<char>(receipt.delivery))});
}

}  // namespace anlan::smpp
