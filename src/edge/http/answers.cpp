#include "edge/http/answers.h"

#include <algorithm>
#include <array>

#include "base/result.h"
#include "codec/schema.h"
#include "domain/account/types.h"
#include "domain/alert/facts.h"
#include "domain/callout/types.h"
#include "domain/candidate/types.h"
#include "domain/clock/types.h"
#include "domain/division/types.h"
#include "domain/event_type/types.h"
#include "domain/incident/types.h"
#include "domain/instruction/types.h"
#include "domain/organisation/types.h"
#include "domain/report/types.h"
#include "domain/warning/types.h"
#include "federation/watch.h"

namespace anlan::edge {
namespace {

// Members by blanks, NAME:TYPE; a text where no type is said. TYPE? may be null, TYPE[] is a list. A type with a small
// letter is one of kTypes, with a capital another shape; NAME* takes over the members of a shape.
struct Shape {
  std::string_view name, members;
};

constexpr std::array kShapes{
    Shape{"OrganisationRef", "id short"},
    Shape{"Receiver", "id short external:boolean"},
    Shape{"Party", "id short level"},
    Shape{"PersonRef", "id name"},
    Shape{"PersonOnDuty", "id name post phone"},
    Shape{"EventType", "code name"},
    Shape{"Place", "division division_name address point:point?"},
    Shape{
        "Clock",
        "id incident incident_title organisation:OrganisationRef leg:leg rule:frozen_rule starts_at:moment basis:basis "
        "assumed:boolean due_at:moment state:clock_state reminded:integer met_at:moment? noted_at:moment? "
        "met_by_name:string? "
        "met_position:integer? late_s:integer? released:string? reason:string?"},
    Shape{"IncidentLine",
          "id number title type:EventType grade:grade grade_confirmed:boolean state:incident_state place:Place "
          "occurred_at:moment? occurred_assumed:boolean learnt_at:moment figures:figures organisation:OrganisationRef "
          "opened_by:OrganisationRef epoch:integer next_clock:Clock? version:integer updated_at:moment world"},
    Shape{"IncidentPage",
          "items:IncidentLine[] total:integer more:boolean page:integer size:integer at:moment position:integer"},
    Shape{"Offer", "to:OrganisationRef reason at:moment answer:offer_answer? answer_reason"},
    Shape{"Claim", "organisation:OrganisationRef reason"},
    Shape{"WaitingOffer", "incident incident_title from:OrganisationRef reason at:moment"},
    Shape{"SimilarIncident", "IncidentLine* distance_m:number? minutes_apart:integer"},
    Shape{"Informant", "name_masked phone_masked"},
    Shape{"Source", "kind:source_kind informant:Informant? candidate:string?"},
    Shape{"FigureStatement", "figures:figures source at:moment recorded_at:moment actor_name adopted:boolean"},
    Shape{"GradeProposal", "grade:grade indicator rule document"},
    Shape{"PhoneReport", "to:OrganisationRef answered_by said at:moment actor_name"},
    Shape{
        "Incident",
        "IncidentLine* summary measures unit source:Source figure_statements:FigureStatement[] "
        "grade_proposal:GradeProposal? grade_reason reports:Report[] clocks:Clock[] instructions:Instruction[] "
        "phone_reports:PhoneReport[] parties:Party[] merged_into:string? merged:string[] released_to:OrganisationRef? "
        "offer:Offer? claims:Claim[] area:area? actions:string[] "
        "at:moment position:integer"},
    Shape{"TimelineEntry",
          "position:integer type occurred_at:moment recorded_at:moment actor actor_name organisation_short stream "
          "body:object text_zh text_en"},
    Shape{"Receipt", "decision:decision by at:moment reason:string? outside:outside?"},
    Shape{"Delivery",
          "version:integer waiting_since:moment tries:integer tried_at:moment? delivered_at:moment? "
          "last_error:string?"},
    Shape{"Stamps",
          "drafted_at:moment drafted_by signed_at:moment? signed_by:string? sent_at:moment? received_at:moment? "
          "receipt:Receipt?"},
    Shape{"Documents", "pdf docx"},
    Shape{"ReportVersion", "version:integer Stamps* content:report_content"},
    Shape{"ReportLine",
          "id incident incident_title kind:report_kind ordinal:integer version:integer state:report_state "
          "from:OrganisationRef to:Receiver title Stamps* actions:string[] documents:Documents"},
    Shape{"Report", "ReportLine* stream_version:integer content:report_content versions:ReportVersion[]"},
    Shape{"Progress", "text by_name organisation_short at:moment"},
    Shape{"Instruction",
          "id incident incident_title text by_name by_post given_at:moment from:OrganisationRef to:OrganisationRef[] "
          "due_at:moment? state:instruction_state progress:Progress[] closed_at:moment? result:string? "
          "actions:string[]"},
    Shape{"Candidate",
          "id origin:origin state:candidate_state headline description event_text type:string? severity:string? "
          "urgency:string? certainty:string? sender sent:moment msg_type area_desc area:area? division:string? "
          "address:string? point:point? occurred_at:moment? expires:moment? drill:boolean received_at:moment "
          "incident:string? reason:string?"},
    Shape{
        "Alert",
        "id state:alert_state handling:alert_handling version:integer received_at:moment? ends:moment? source:string? "
        "sm3:string? type:EventType? message:alert_message? signature:alert_signature? trusted:boolean "
        "also_seen:string[] later:string[] earlier:string[] offences:AlertOffence[] warnings:string[] "
        "dismissed:string? actions:string[]"},
    Shape{"AlertOffence", "source sm3 offence:alert_offence detail:string? sender identifier headline at:moment"},
    Shape{"AlertAnswer", "Alert* at:moment position:integer"},
    Shape{"AlertPage", "items:Alert[] more:boolean at:moment position:integer"},
    Shape{"AlertDraft", "content:warning_content missing:string[]"},
    Shape{"WarningSignature", "person:PersonOnDuty people:integer leader:boolean at:moment"},
    Shape{"WarningVersion",
          "number:integer type:EventType content:warning_content by_name drafted_at:moment "
          "signatures:WarningSignature[] needed:integer? declined_by:string? declined_reason:string? "
          "issued_at:moment? identifier:string? people:integer?"},
    Shape{"Warning",
          "id organisation:OrganisationRef state:warning_state version:integer in_force:WarningVersion? "
          "pending:WarningVersion? issued:WarningVersion[] people_now:integer? ending:warning_ending? ended_by:string? "
          "ended_reason:string? ended_at:moment? actions:string[]"},
    Shape{"WarningAnswer", "Warning* at:moment position:integer"},
    Shape{"WarningPage", "items:Warning[] more:boolean at:moment position:integer"},
    Shape{"WarningText", "kind channels:string[] subject:string? text parts:integer?"},
    Shape{"WarningTexts", "version:integer? items:WarningText[] at:moment position:integer"},
    Shape{"WarningPreview", "people:integer needed:integer? texts:WarningText[]"},
    Shape{"WarningTemplate",
          "id document clause type:EventType colour:warning_colour standard headline description instruction "
          "hours:integer channels:string[]"},
    Shape{"Reach", "id name rings:area"},
    Shape{"ReachCount", "channel sent:integer accepted:integer delivered:integer failed:integer"},
    Shape{"WarningFigures",
          "id headline type:EventType colour:warning_colour issued_at:moment people:integer people_reached:integer "
          "sent:integer reached:integer channels:ReachCount[] places:integer answered:integer unanswered:integer "
          "acted:integer acts:ActCount[] first_answer_s:integer? "
          "over:boolean ending:warning_ending? lead_s:integer? occurrence:warning_occurrence? observed_at:moment? "
          "note:string?"},
    Shape{"MissedIncident", "id number title type:EventType division_name learnt_at:moment"},
    Shape{"ActCount", "act:callout_act places:integer"},
    Shape{"WarningYear",
          "year:integer items:WarningFigures[] issued:integer came:integer partly:integer did_not:integer "
          "unassessed:integer mistaken:integer missed:integer misses:MissedIncident[] people:integer "
          "people_reached:integer "
          "sent:integer reached:integer places:integer answered:integer acted:integer "
          "first_answer_median_s:integer? lead_median_s:integer? at:moment position:integer"},
    Shape{"ChannelTally",
          "channel queued:integer in_flight:integer accepted:integer delivered:integer failed:integer "
          "uncertain:integer dropped:integer"},
    Shape{"SentBatch",
          "batch warning_version:integer? complete:boolean cancelled:boolean opened_at:moment channels:ChannelTally[]"},
    Shape{"SentMessage",
          "number batch channel address state tries:integer queued_at:moment? accepted_at:moment? "
          "delivered_at:moment? failed_at:moment? reason"},
    Shape{"SentMessagePage", "items:SentMessage[] more:boolean at:moment position:integer"},
    Shape{"Channel", "name kind protocol drill:boolean connected:boolean? since:moment? why"},
    Shape{"CalloutCall", "callee:integer role way:callout_way at:moment"},
    Shape{"CalloutAnswer", "callee:integer? role way:callout_way action act:callout_act? at:moment noted_by:string?"},
    Shape{"CalloutPlace",
          "number:integer division division_name roles:string[] calls:CalloutCall[] answer:CalloutAnswer? "
          "unanswered:boolean"},
    Shape{"Callout",
          "id warning organisation:OrganisationRef version:integer warning_version:integer rule limit_min:integer "
          "opened_at:moment next_at:moment? decide_by:moment? accepted:boolean? decided_by:string? "
          "decided_reason:string? decided_at:moment? undecided:boolean closed:boolean places:CalloutPlace[] "
          "actions:string[]"},
    Shape{"CalloutPage", "items:Callout[] more:boolean at:moment position:integer"},
    Shape{"CalledPerson", "role name:string? phone:string?"},
    Shape{"PublicWarning",
          "identifier issuer type:EventType colour:warning_colour headline description instruction area_desc "
          "divisions:string[] rings:area circles:warning_circle[] issued_at:moment onset:moment? expires:moment"},
    Shape{"SourceState", "id:origin name last_at:moment? silent:boolean"},
    Shape{"Shift", "chief:PersonOnDuty? deputy:PersonOnDuty? leader:PersonOnDuty? since:moment?"},
    Shape{"OwnShift", "Shift* at:moment position:integer"},
    Shape{"Inbox",
          "reports:ReportLine[] returned:ReportLine[] candidates:Candidate[] instructions:Instruction[] "
          "handovers:WaitingOffer[]"},
    Shape{"Board",
          "at:moment position:integer shift:Shift clocks:Clock[] watched:Clock[] inbox:Inbox "
          "open_incidents:IncidentLine[] drafts:ReportLine[] sources:SourceState[] more:string[]"},
    Shape{"ClockPage", "items:Clock[] more:boolean at:moment position:integer"},
    Shape{"InstructionPage", "items:Instruction[] more:boolean at:moment position:integer"},
    Shape{"CandidatePage", "items:Candidate[] more:boolean at:moment position:integer"},
    Shape{"Organisation",
          "id name short level:level division division_name superior:string? phone external:boolean active:boolean"},
    Shape{"PossibleReceiver", "id short level:level external:boolean"},
    Shape{"Person", "id name organisation post phone leader:boolean active:boolean"},
    Shape{"Account",
          "name person:PersonRef organisation:OrganisationRef roles:role[] state must_change_password:boolean "
          "last_signed_in_at:moment?"},
    Shape{"ApiKey", "id name organisation:OrganisationRef issued_at:moment revoked:boolean"},
    Shape{"OpenSession", "id opened_at:moment address current:boolean"},
    Shape{"OwnPerson", "id name post phone:string?"},
    Shape{"OwnOrganisation", "id name short level division"},
    Shape{"Session",
          "account person:OwnPerson organisation:OwnOrganisation roles:role[] must_change_password:boolean "
          "idle_minutes:integer permissions:string[]"},
    Shape{"World", "id name drill:boolean"},
    Shape{"Node", "node name division demo:boolean worlds:World[] version at:moment position:integer locales:string[]"},
    Shape{"NodeWaiting", "facts:integer more:boolean since:moment?"},
    Shape{"NodeStatement",
          "release engine started_at:moment head:integer disk_free_mib:integer? disk_mib:integer? refuses:boolean "
          "restored:boolean up:NodeWaiting"},
    Shape{"RegisteredNode",
          "id name parent:string? depth:integer level:level? organisations:OrganisationRef[] relation:node_relation "
          "conditions:node_condition[] since:moment? contact_at:moment? told_by:string? address:string? "
          "clock_ahead_ms:integer? heard_at:moment? down:NodeWaiting? refused:boolean own:NodeStatement?"},
    Shape{"FeedStart", "position:integer at:moment"},
    Shape{"FeedFact",
          "position:integer type stream version:integer incident:string? world occurred_at:moment recorded_at:moment "
          "actor actor_name body:object"},
    Shape{"FeedEvents", "hello:FeedStart fact:FeedFact signed_out:object"},
    Shape{"Prefill", "kind:report_kind ordinal:integer to title content:report_content"},
    Shape{"Division", "code name path level:division_level point:point? schematic:boolean"},
    Shape{"ListedEventType", "code name name_en parent:string? category:category initials"},
    Shape{"AuditEntry", "position:integer type stream recorded_at:moment actor world hash body:object?"},
    Shape{"AuditPage", "items:AuditEntry[] before:integer? at:moment position:integer"},
    Shape{"SealedEntry", "id whose incident_number recorded_at:moment erased_at:moment?"},
};

std::string figures_schema() {
  std::string properties, required;
  each_field<grade::Figures>([&](const auto& f) {
    using M = std::decay_t<decltype(std::declval<grade::Figures>().*f.member)>;
    const std::string value = json::Schema<M>::text(f.limit);
    properties +=
        fmt::format(R"({}"{}":{{"anyOf":[{},{{"type":"null"}}]}})", properties.empty() ? "" : ",", f.name, value);
    required += fmt::format(R"({}"{}")", required.empty() ? "" : ",", f.name);
  });
  return fmt::format(R"({{"type":"object","properties":{{{}}},"required":[{}],"additionalProperties":false}})",
                     properties, required);
}

// Of a type with a small letter. What is written of a described struct is what is read of it.
std::string simple(std::string_view type) {
  static const auto kTypes = std::to_array<std::pair<std::string_view, std::string>>(
      {{"string", R"({"type":"string"})"},
       {"integer", R"({"type":"integer"})"},
       {"number", R"({"type":"number"})"},
       {"boolean", R"({"type":"boolean"})"},
       {"object", R"({"type":"object"})"},
       {"binary", R"({"type":"string","format":"binary"})"},
       {"moment", json::schema<Instant>()},
       {"point", json::schema<LngLat>()},
       {"area", R"({"type":"array","items":{"type":"array","items":)" + json::schema<LngLat>() + "}}"},
       {"figures", figures_schema()},
       {"frozen_rule", json::schema<clock::FrozenRule>()},
       {"report_content", json::schema<report::Content>()},
       {"leg", json::schema<clock::Leg>()},
       {"basis", json::schema<clock::Basis>()},
       {"clock_state", json::schema<clock::State>()},
       {"grade", json::schema<grade::Grade>()},
       {"incident_state", json::schema<incident::State>()},
       {"offer_answer", json::schema<incident::Answer>()},
       {"source_kind", json::schema<incident::SourceKind>()},
       {"decision", json::schema<report::Decision>()},
       {"outside", json::schema<report::Outside>()},
       {"report_kind", json::schema<report::Kind>()},
       {"report_state", json::schema<report::State>()},
       {"instruction_state", json::schema<instruction::State>()},
       {"candidate_state", json::schema<candidate::State>()},
       {"origin", json::schema<candidate::Origin>()},
       {"alert_state", json::schema<alert::State>()},
       {"alert_handling", json::schema<alert::Handling>()},
       {"alert_message", json::schema<alert::Message>()},
       {"alert_signature", json::schema<alert::Signature>()},
       {"alert_offence", json::schema<alert::Offence>()},
       {"warning_content", json::schema<warning::Content>()},
       {"warning_circle", json::schema<warning::Circle>()},
       {"warning_state", json::schema<warning::State>()},
       {"warning_colour", json::schema<warning::Colour>()},
       {"warning_ending", json::schema<warning::Ending>()},
       {"warning_occurrence", json::schema<warning::Occurrence>()},
       {"callout_way", json::schema<callout::Way>()},
       {"callout_act", json::schema<callout::Act>()},
       {"level", json::schema<organisation::Level>()},
       {"division_level", json::schema<division::Level>()},
       {"category", json::schema<event_type::Category>()},
       {"role", json::schema<account::Role>()},
       {"node_relation", json::schema<federation::Relation>()},
       {"node_condition", json::schema<federation::Condition>()}});
  const auto* found = std::ranges::find(kTypes, type, [](const auto& pair) { return pair.first; });
  ANLAN_ASSERT(found != kTypes.end());
  return found->second;
}

const Shape& shape_named(std::string_view name) {
  const auto* found = std::ranges::find(kShapes, name, &Shape::name);
  ANLAN_ASSERT(found != kShapes.end());
  return *found;
}

std::string schema_of(std::string_view type) {
  if (type.ends_with('?'))
    return fmt::format(R"({{"anyOf":[{},{{"type":"null"}}]}})", schema_of(type.substr(0, type.size() - 1)));
  if (type.ends_with("[]"))
    return fmt::format(R"({{"type":"array","items":{}}})", schema_of(type.substr(0, type.size() - 2)));
  if (type.front() >= 'a') return simple(type);
  return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", shape_named(type).name);
}

void write_members(json::Object& properties, std::string& required, std::string_view members) {
  while (!members.empty()) {
    const std::size_t end = std::min(members.find(' '), members.size());
    const std::string_view member = members.substr(0, end);
    members.remove_prefix(std::min(end + 1, members.size()));
    if (member.ends_with('*')) {
      write_members(properties, required, shape_named(member.substr(0, member.size() - 1)).members);
      continue;
    }
    const std::size_t colon = member.find(':');
    const std::string_view name = member.substr(0, colon);
    properties.raw(name, schema_of(colon == std::string_view::npos ? "string" : member.substr(colon + 1)));
    required += fmt::format(R"({}"{}")", required.empty() ? "" : ",", name);
  }
}

// Every member is there in every answer: what is not known is null or empty.
std::string object_of(std::string_view members) {
  std::string out, required;
  {
    json::Object object(out);
    object.member("type", "object");
    {
      json::Object properties(object.key("properties"));
      write_members(properties, required, members);
    }
    object.raw("required", "[" + required + "]");
    object.raw("additionalProperties", "false");
  }
  return out;
}

}  // namespace

std::string answer_schema(std::string_view shape) {
  if (shape.empty()) return R"({"type":"object"})";
  if (!shape.ends_with("[]")) return schema_of(shape);
  return object_of(fmt::format("items:{} at:moment position:integer", shape));
}

std::string answer_shapes() {
  std::string out;
  for (const Shape& shape : kShapes)
    out += fmt::format(R"({}"{}":{})", out.empty() ? "" : ",", shape.name, object_of(shape.members));
  return out;
}

}  // namespace anlan::edge
