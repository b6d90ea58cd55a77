#include "x509/extension.h"

namespace everseal::x509 {
namespace {

using asn1::DerReader;
using asn1::Tag;

Extension read_extension(DerReader& in) {
  Extension extension;
  in.sequence([&](DerReader& body) {
    extension.type = body.oid();
    if (body.next_is(Tag::Boolean)) {
      extension.critical = body.boolean();
      if (!extension.critical) body.fail("critical FALSE is the default, which DER leaves out");
    }
    extension.value = to_bytes(body.octet_string());
  });
  return extension;
}

}  // namespace

Extensions Extensions::read(DerReader& in) {
  Extensions extensions;
  extensions.all_.reserve(8);
  in.sequence([&](DerReader& body) {
    do {
      if (extensions.size() == kMaxCount) return body.fail("too many extensions");
      auto extension = read_extension(body);
      if (extensions.contains(extension.type)) {
        return body.fail("extension " + extension.type.text() + " comes twice");
      }
      extensions.all_.push_back(std::move(extension));
    } while (!body.at_end());
  });
  return extensions;
}

const Extension* Extensions::find(const asn1::Oid& type) const {
  for (const auto& extension : all_) {
    if (extension.type == type) return &extension;
  }
  return nullptr;
}

}  // namespace everseal::x509
