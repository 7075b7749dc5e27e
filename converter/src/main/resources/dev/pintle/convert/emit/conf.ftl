# Converted from ${source}<#if draft.origin()?has_content>: ${draft.origin()}</#if>
<#list draft.parts() as part>
<#if part.header?has_content>

[${part.header}]
<#elseif part?index gt 0>

</#if>
<#list part.entries as entry>
${entry}<#t>
</#list>
</#list>
