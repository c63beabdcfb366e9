#include "edge/outside/receipt.h"

#include <algorithm>

#include "codec/json_read.h"

namespace anlan::edge::outside {
namespace {

struct Answer {
  std::optional<Receipt> receipt;
  static constexpr auto fields = std::tuple{field("receipt", &Answer::receipt)};
};
struct List {
  std::vector<Receipt> items;
  std::optional<std::string> next;
  static constexpr auto fields =
      std::tuple{field("items", &List::items, kMostReceipts), field("next", &List::next, 200)};
};
struct File {
  std::int64_t form = 0;
  std::vector<Receipt> receipts;
  static constexpr auto fields =
      std::tuple{field("form", &File::form, 1), field("receipts", &File::receipts, kMostReceipts)};
};

// It goes into the address of the next asking as it is.
bool is_cursor(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  });
}

template <class T>
std::optional<T> read(std::string_view body) {
  if (body.size() > kMostReceiptBytes) return std::nullopt;
  auto value = json::from_text<T>(body);
  return value.ok() ? std::optional(std::move(*value)) : std::nullopt;
}

}  // namespace

std::optional<Receipts> receipts_in_answer(std::string_view body) {
  if (body.empty()) return Receipts{};
  auto answer = read<Answer>(body);
  if (!answer) return std::nullopt;
  Receipts receipts;
  if (answer->receipt) receipts.items.push_back(std::move(*answer->receipt));
  return receipts;
}

std::optional<Receipts> receipts_in_list(std::string_view body) {
  auto list = read<List>(body);
  if (!list || !is_cursor(list->next.value_or(""))) return std::nullopt;
  return Receipts{std::move(list->items), list->next.value_or("")};
}

std::optional<Receipts> receipts_in_file(std::string_view body) {
  auto file = read<File>(body);
  if (!file || file->form != 1) return std::nullopt;
  return Receipts{std::move(file->receipts), {}};
}

}  // namespace anlan::edge::outside
