#include "x509/general_name.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerWriter;
using asn1::Tag;

struct Writer {
  DerWriter& out;

  void operator()(const OtherName& name) const {
    out.constructed(context_constructed(0), [&] {
      out.oid(name.type);
      out.constructed(context_constructed(0), [&] { out.raw(name.value); });
    });
  }
  void operator()(const Rfc822Name& name) const { out.text(context(1), name.text); }
  void operator()(const DnsName& name) const { out.text(context(2), name.text); }
  void operator()(const X400Address& name) const {
    out.element(context_constructed(3), name.content);
  }
  void operator()(const DirectoryName& name) const {
    out.element(context_constructed(4), name.name.der());
  }
  void operator()(const EdiPartyName& name) const {
    out.constructed(context_constructed(5), [&] {
      if (name.name_assigner) party(0, *name.name_assigner);
      party(1, name.party_name);
    });
  }
  void operator()(const UniformResourceIdentifier& name) const { out.text(context(6), name.text); }
  void operator()(const IpAddress& name) const { out.element(context(7), name.octets); }
  void operator()(const RegisteredId& name) const { out.oid(name.oid, context(8)); }

 private:
  void party(unsigned number, std::string_view text) const {
    out.constructed(context_constructed(number), [&] { out.text(Tag::Utf8String, text); });
  }
};

}  // namespace

void write_general_name(DerWriter& out, const GeneralName& name) { std::visit(Writer{out}, name); }

void write_general_names(DerWriter& out, const std::vector<GeneralName>& names, Tag tag) {
  out.constructed(tag, [&] {
    for (const auto& name : names) write_general_name(out, name);
  });
}

}  // namespace everseal::x509
