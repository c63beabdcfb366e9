#include <algorithm>

#include "main/cli/program.h"
#include "main/cli/road_import.h"
#include "main/load.h"
#include "main/load_roads.h"
#include "platform/machine/files.h"

namespace anlan::cli {
namespace {

// A file on its way into the node's directory, and what lay in its place.
struct Table {
  std::string file, path, bytes;
  std::optional<std::string> before = {};
};

// What `import` was given.
struct Given {
  std::vector<std::string> divisions, rules;
};

// A name says what a file is, of which city too; another name would lie unread. All are read before any is written.
class Tables {
 public:
  Tables(const Program& program, const Configuration& c) : program_(program), c_(c), city_(city_of(c.division)) {}

  bool read(const Given& given) {
    const auto all = [&](const std::vector<std::string>& files, auto taken) {
      return std::ranges::all_of(files, [&](const std::string& file) { return (this->*taken)(file); });
    };
    return all(given.divisions, &Tables::add_division) && all(given.rules, &Tables::add_rules);
  }
  // Whoever gave a file knows it by the name that it was given with.
  Mistake as_given(Mistake mistake) const {
    const auto found = std::ranges::find(tables_, mistake.file, &Table::path);
    if (found != tables_.end()) mistake.file = found->file;
    return mistake;
  }
  const std::vector<Table>& all() const { return tables_; }

 private:
  static std::string name_of(const std::string& file) { return file.substr(file.rfind('/') + 1); }

  bool add_division(const std::string& file) {
    const std::string name = name_of(file);
    if (name == "villages-" + city_ + ".tsv" || name == "points-" + city_ + ".tsv")
      return add(file, "/divisions/" + name);
    program_.complain("not_division_file", {{"file", file}, {"city", city_}});
    return false;
  }
  bool add_rules(const std::string& file) {
    const std::string name = name_of(file);
    if (name == "clocks.toml" || name == "grade.toml" || name == "warnings.toml" || name == "reaches.toml" ||
        name == "roads.toml")
      return add(file, "/rules/" + name);
    program_.complain("not_rules_file", {{"file", file}});
    return false;
  }
  bool add(const std::string& file, const std::string& place) {
    auto bytes = machine::read_file(file);
    if (!bytes.ok()) {
      program_.complain("unreadable", {{"file", file}});
      return false;
    }
    tables_.push_back({file, c_.data + place, std::move(*bytes)});
    if (auto known = machine::read_file(tables_.back().path); known.ok()) tables_.back().before = std::move(*known);
    return true;
  }

  const Program& program_;
  const Configuration& c_;
  const std::string city_;
  std::vector<Table> tables_;
};

Result<Done> put(const std::string& path, const std::optional<std::string>& bytes) {
  return bytes ? machine::write_file(path, *bytes) : machine::remove_file(path);
}

// Kept beside the journal, where the node looks before it looks into the share.
// Read again as the next start will read them: what does not hold is taken back.
int import_tables(const Program& program, const Given& given) {
  if (given.divisions.empty() && given.rules.empty()) {
    program.complain("usage", {{"what", program.help("usage_missing", {{"what", "--divisions, --rules"}})}});
    return kUsage;
  }
  const auto configuration = program.configuration();
  if (!configuration) return kConfiguration;
  Tables tables(program, *configuration);
  if (!tables.read(given)) return kFailure;
  for (const auto& [folder, readers] :
       {std::pair("", machine::Readers::kOwner), std::pair("/divisions", machine::Readers::kAll),
        std::pair("/rules", machine::Readers::kAll)})
    if (auto made = machine::make_folder(configuration->data + folder, readers); !made.ok())
      return program.fail(made.error());
  for (const Table& table : tables.all())
    if (auto written = put(table.path, table.bytes); !written.ok()) return program.fail(written.error());
  const auto reference = load_reference(*configuration);
  Mistakes mistakes = reference.ok() ? Mistakes() : reference.error();
  load_road_rules(*configuration, mistakes);
  if (!mistakes.empty()) {
    program.complain("not_imported");
    for (const auto& mistake : mistakes) program.complain_of(tables.as_given(mistake));
    for (const Table& table : tables.all())
      if (auto undone = put(table.path, table.before); !undone.ok()) return program.fail(undone.error());
    return kFailure;
  }
  for (const Table& table : tables.all()) program.say("imported", {{"file", table.file}});
  const auto handed = machine::give_to_owner(configuration->data);
  return handed.ok() ? kSuccess : program.fail(handed.error());
}

}  // namespace

void add_import_command(CLI::App& app, Program& program) {
  auto given = std::make_shared<Given>();
  auto roads = std::make_shared<std::shared_ptr<const RoadFiles>>();
  // What was chosen below it is left to it to do.
  CLI::App* command = program.add(app, "import", "import", [&app, &program, given, roads] {
    return app.get_subcommand("import")->got_subcommand("roads") ? import_roads(program, **roads)
                                                                 : import_tables(program, *given);
  });
  command->add_option("--divisions", given->divisions, program.help("import_divisions"));
  command->add_option("--rules", given->rules, program.help("import_rules"));
  program.add_configuration(*command);
  *roads = add_road_import(*command, program);
}

}  // namespace anlan::cli
