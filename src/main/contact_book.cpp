#include "main/contact_book.h"

#include "main/contact_file.h"
#include "main/first_start.h"
#include "platform/crypto/sm3.h"
#include "platform/machine/stream.h"

namespace anlan {
namespace {

// SM3 in hexadecimal.
Result<std::string> digest_of(const std::string& file) {
  constexpr std::size_t kChunk = 1 << 16;
  auto reader = machine::FileReader::open(file);
  if (!reader.ok()) return reader.error();
  crypto::Sm3 sm3;
  for (std::string chunk = reader->read(kChunk); !chunk.empty(); chunk = reader->read(kChunk)) sm3.update(chunk);
  return crypto::to_hex(sm3.finish());
}

// Which organisation is the nearest to a place: the one of the smallest division around it; of several the first by id.
class Nearest {
 public:
  explicit Nearest(const organisation::Register& known) {
    for (const auto& [id, o] : known.organisations)
      if (o.active && !o.external) ids_.try_emplace(stem(o.division), id);
  }

  std::string to(std::string division) const {
    for (; !division.empty(); division.pop_back())
      if (const auto found = ids_.find(division); found != ids_.end()) return found->second;
    return {};
  }

 private:
  // "3707" of "370700".
  static std::string stem(std::string code) {
    while (code.size() > 2 && code.size() <= 6 && code.ends_with("00")) code.resize(code.size() - 2);
    return code;
  }

  std::map<std::string, std::string> ids_;
};

// What a failed export looks like: nobody takes most people out of a list by the way.
std::string doubt(std::int64_t before, std::int64_t rows) {
  if (rows == 0) return "contacts_empty";
  return rows * 2 < before ? "contacts_fewer" : "";
}

std::vector<std::string> lines_of(const std::vector<ContactFault>& faults) {
  std::vector<std::string> lines;
  for (const ContactFault& fault : faults)
    lines.push_back(std::to_string(fault.line) + " " + fault.code + " " + fault.value);
  return lines;
}

}  // namespace

ContactBook::ContactBook(ContactGround ground)
    : ground_(std::move(ground)),
      book_(ground_.where, ground_.master, ground_.random),
      addresses_(ground_.where, ground_.master) {}

std::int64_t ContactBook::count(const warning::Content& content, const std::string& organisation) const {
  const auto directory = ground_.directory();
  const auto* issuer = directory->organisations.organisation(organisation);
  return issuer ? book_.index()->count(content.area, content.audience, issuer->division) : 0;
}

// Of another node's warning those of this node's own division: its people are warned by it.
std::vector<std::int64_t> ContactBook::concerned(const warning::Content& content, const std::string& issuer) {
  const auto directory = ground_.directory();
  const auto* known = directory->organisations.organisation(issuer);
  const bool own = known && known->node == ground_.node;
  auto ids = book_.index()->collect(content.area, content.audience, own ? known->division : ground_.reference.division);
  std::ranges::sort(ids);
  return ids;
}

// The area is asked once, then each is held against the register: of a city's thousands of responsible people.
std::vector<command::CalledPerson> ContactBook::callees(const warning::Area& area,
                                                        const std::vector<std::string>& roles,
                                                        const std::string& organisation) const {
  const auto directory = ground_.directory();
  const auto* caller = directory->organisations.organisation(organisation);
  std::vector<command::CalledPerson> found;
  if (!caller) return found;
  const Nearest nearest(directory->organisations);
  for (const auto& bearer : book_.index()->bearers(area, roles, caller->division))
    if (nearest.to(bearer.division) == organisation)
      found.push_back({bearer.division, bearer.id != 0 ? roles[bearer.role] : std::string(), bearer.id});
  return found;
}

std::optional<command::KnownPerson> ContactBook::person(std::int64_t contact) const {
  const std::lock_guard lock(addresses_mutex_);
  const auto known = addresses_.find(contact);
  return known ? std::optional(command::KnownPerson{known->name, known->phone}) : std::nullopt;
}

std::optional<contacts::Address> ContactBook::address(std::int64_t contact) {
  const std::lock_guard lock(addresses_mutex_);
  return addresses_.find(contact);
}

std::map<std::string, FileDesk::Work> ContactBook::works() {
  return {{"contacts.import", [this](const FileAsk& ask, const std::string& file) { return take(ask, file); }}};
}

// The lock is held for as long as a list is read in; counting goes on meanwhile, on the index of before.
FileSaid ContactBook::take(const FileAsk& ask, const std::string& file) {
  const std::string organisation = ask.on.value_or("");
  if (!ground_.directory()->organisations.organisation(organisation))
    return refused_file("contacts_organisation", organisation);
  const auto digest = digest_of(file);
  if (!digest.ok()) return refused_file("desk_failed", {}, digest.error().what);
  FileSaid said;
  {
    const std::lock_guard lock(mutex_);
    const auto before = book_.list(ask.subject, organisation);
    if (before && before->digest == *digest) return said.known = people(), said;
    contacts::Book::Replacing replacing(book_, ask.subject, organisation, *digest);
    const auto faults = read_contacts(file, ground_.texts, ground_.reference.divisions,
                                      [&](const contacts::Contact& contact) { return replacing.add(contact); });
    if (!faults.ok()) return refused_file("desk_failed", {}, faults.error().what);
    if (!faults->empty()) {
      said = refused_file("contacts_faults", {}, std::to_string(faults->size()));
      said.lines = lines_of(*faults);
      return said;
    }
    said.before = before ? before->rows : 0;
    if (const auto code = doubt(*said.before, replacing.rows()); !code.empty() && !ask.force.value_or(false))
      return refused_file(code, std::to_string(*said.before), std::to_string(replacing.rows()));
    said.facts = replacing.finish(ground_.clock.now()).rows;
    unrecorded_ = true;
  }
  said.known = people();
  record();
  return said;
}

std::int64_t ContactBook::people() const { return static_cast<std::int64_t>(book_.index()->people()); }

// Under a key of its own, so that it is said once however often it is asked for.
void ContactBook::record() {
  if (!unrecorded_.exchange(false)) return;
  const std::lock_guard lock(mutex_);
  book_.forget(ground_.clock.now());
  for (const contacts::List& list : book_.unrecorded()) {
    auto envelope =
        by_node(command::NoteList{{list.name, list.organisation, list.digest, list.rows, people()}}, list.name);
    envelope.key = "contacts/" + list.organisation + "." + list.name + "/" + std::to_string(list.generation);
    if (ground_.execute(std::move(envelope)).ok())
      book_.note_recorded(list);
    else
      unrecorded_ = true;
  }
}

}  // namespace anlan
