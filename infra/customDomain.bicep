// The domain that WeChat calls. WeChat calls HTTPS on a domain with an ICP filing, which *.azurewebsites.net is not.
// Two deployments: the first binds the domain, which a CNAME and a TXT record must already name; the second, with
// hasCertificate, has a certificate issued for it and serves it. Binding again without TLS would take TLS away.
param location string
param tags object
param functionAppName string
param domain string
param hasCertificate bool

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

// On Flex Consumption a certificate belongs to the app, not to its plan.
resource certificate 'Microsoft.Web/sites/certificates@2024-11-01' = if (hasCertificate) {
  parent: app
  name: 'managed-${replace(domain, '.', '-')}'
  location: location
  tags: tags
  properties: { canonicalName: domain }
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2024-04-01' = {
  parent: app
  name: domain
  properties: {
    hostNameType: 'Verified'
    customHostNameDnsRecordType: 'CName'
    sslState: hasCertificate ? 'SniEnabled' : 'Disabled'
    thumbprint: hasCertificate ? certificate!.properties.thumbprint : null
  }
}
