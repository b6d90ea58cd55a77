#include "x509/name_constraints.h"

#include <algorithm>

#include "x509/oids.h"

namespace everseal::x509 {
namespace {

template <class Form>
bool any_is(const std::vector<GeneralName>& names) {
  return std::any_of(names.begin(), names.end(),
                     [](const GeneralName& name) { return std::holds_alternative<Form>(name); });
}

bool has_rule(const GeneralName& name) {
  return !std::holds_alternative<OtherName>(name) && !std::holds_alternative<X400Address>(name) &&
         !std::holds_alternative<EdiPartyName>(name) && !std::holds_alternative<RegisteredId>(name);
}

bool looks_like_a_host(std::string_view text) {
  const auto is_host_letter = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '*' ||
           letter == '_';
  };
  return text.find('.') != std::string_view::npos &&
         std::all_of(text.begin(), text.end(), is_host_letter);
}

bool is_ca(const TbsCertificate& certificate) {
  const auto constraints = certificate.extensions().get<BasicConstraints>();
  return constraints && *constraints && (*constraints)->ca;
}

void add_mail_addresses(std::vector<GeneralName>& names, const Name& subject) {
  for (const auto& attribute : subject.attributes()) {
    if (attribute.type != oids::kEmailAddress) continue;
    names.emplace_back(Rfc822Name{attribute.text().value_or("")});
  }
}

void add_host_names(std::vector<GeneralName>& names, const Name& subject) {
  for (const auto& attribute : subject.attributes()) {
    if (attribute.type != oids::kCommonName) continue;
    auto text = attribute.text().value_or("");
    if (looks_like_a_host(text)) names.emplace_back(DnsName{std::move(text)});
  }
}

Result<std::vector<GeneralName>> names_of(const TbsCertificate& certificate) {
  auto alternative = certificate.extensions().get<SubjectAlternativeName>();
  if (!alternative) return std::move(alternative).error();
  std::vector<GeneralName> names;
  if (*alternative) names = std::move((*alternative)->names);
  const Name& subject = certificate.subject();
  if (!any_is<Rfc822Name>(names)) add_mail_addresses(names, subject);
  if (!any_is<DnsName>(names) && !is_ca(certificate)) add_host_names(names, subject);
  if (!subject.empty()) names.emplace_back(DirectoryName{subject});
  return names;
}

Fault refused(const GeneralName& name, std::string_view why) {
  return Fault::malformed("name constraints: " + describe(name) + std::string(why));
}

}  // namespace

void ConstraintsOfPath::add(NameConstraints constraints) { all_.push_back(std::move(constraints)); }

Outcome ConstraintsOfPath::allow(const TbsCertificate& certificate) {
  if (all_.empty()) return {};
  const auto names = names_of(certificate);
  if (!names) return names.error();
  for (const auto& name : *names) {
    if (auto allowed = allow(name); !allowed) return allowed;
  }
  return {};
}

Outcome ConstraintsOfPath::allow(const GeneralName& name) {
  for (const auto& constraints : all_) {
    comparisons_ += constraints.permitted.size() + constraints.excluded.size();
    if (comparisons_ > kMaxComparisons) return refused(name, " and others take too long to judge");
    if (auto allowed = allow(name, constraints); !allowed) return allowed;
  }
  return {};
}

Outcome ConstraintsOfPath::allow(const GeneralName& name, const NameConstraints& constraints) {
  bool restricted = false;
  bool permitted = false;
  for (const auto& base : constraints.permitted) {
    if (base.index() != name.index()) continue;
    restricted = true;
    permitted = permitted || is_within(name, base);
  }
  if (restricted && !permitted) return refused(name, " is not permitted");
  for (const auto& base : constraints.excluded) {
    if (base.index() != name.index()) continue;
    if (!has_rule(name) || reaches_into(name, base)) return refused(name, " is excluded");
  }
  return {};
}

}  // namespace everseal::x509
