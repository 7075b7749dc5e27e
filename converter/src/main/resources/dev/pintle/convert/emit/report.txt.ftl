<#function paint kind text>
  <#if !colour><#return text></#if>
  <#local code = {"kept": "32", "changed": "36", "approximated": "33", "not carried": "31"}[kind]>
  <#return "\x001B[" + code + "m" + text + "\x001B[0m">
</#function>
<#function bold text><#return colour?then("\x001B[1m" + text + "\x001B[0m", text)></#function>
${bold(account.source)} -> ${account.target}
${bold(verdict)}
<#list todo as it>
${(it?counter + ".")?left_pad(4)} <#list it.places as place>${place.text}<#sep>, </#list>
     ${page.wrap(it.text, 5)}
<#if it.hint??>     > ${page.wrap(it.hint, 7)}
</#if></#list>
<#macro fate it>${paint(it.kind.text(), it.kind.text()?right_pad(12))} ${page.wrap(it.text, 45)}
<#if it.hint??>${""?right_pad(45)}> ${page.wrap(it.hint, 47)}
</#if></#macro>
<#list report.sections as section>

${bold(section.title)}  ${section.position.file}:${section.position.line}<#if section.services?has_content>  -> ${section.services?join(", ")}</#if>
<#if section.fate.text?has_content>
${""?right_pad(32)}<@fate section.fate/><#t>
</#if>
<#list section.keys as key>
<#if key.position.file != section.position.file>${key.position.file}:${key.position.line}
${""?right_pad(6)}<#else>${key.position.line?string?left_pad(6)}</#if>  ${key.name?right_pad(23)} <@fate key.fate/><#t>
</#list>
</#list>

${bold("For all services")}
<#list report.notes as note>
  ${(note.title + ":")?right_pad(14)}${page.wrap(note.text, 16)}
</#list>

<#list totals as kind, count>${paint(kind, count + " " + kind)}<#sep>, </#list>
<#list account.patches>

${bold(account.written?then("Changed", "To be changed (--write does it)"))}
<#items as patch>
${patch.diff}<#t>
</#items>
</#list>
<#list account.proof>

${bold("To prove that everything starts, and starts again")}
<#items as command>
  ${command}
</#items>
</#list>
